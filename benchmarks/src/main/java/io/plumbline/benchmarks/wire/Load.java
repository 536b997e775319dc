package io.plumbline.benchmarks.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What several clients met that asked as fast as they got answers. */
record Load(double perSecond, double p50Millis, double p99Millis) {

  /** Lets each of so many clients ask over a connection of its own. */
  static Load of(Target target, SmallQuery query, int clients, Duration time) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<long[]>> work = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        work.add(() -> latencies(target, query, time));
      }
      List<long[]> measured = new ArrayList<>();
      for (Future<long[]> client : threads.invokeAll(work)) {
        measured.add(client.get());
      }
      return of(measured.stream().flatMapToLong(Arrays::stream).sorted().toArray(), time);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long[] latencies(Target target, SmallQuery query, Duration time)
      throws SQLException {
    try (Connection connection = target.connect()) {
      SmallQuery.Client client = query.client(connection);
      long[] latencies = new long[1024];
      int count = 0;
      long end = System.nanoTime() + time.toNanos();
      for (long start = System.nanoTime(); start < end; ) {
        client.ask();
        long now = System.nanoTime();
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = now - start;
        start = now;
      }
      return Arrays.copyOf(latencies, count);
    }
  }

  static Load of(long[] sortedNanos, Duration time) {
    return new Load(
        sortedNanos.length / (time.toNanos() / 1e9),
        percentile(sortedNanos, 50) / 1e6,
        percentile(sortedNanos, 99) / 1e6);
  }

  double queries(Duration time) {
    return perSecond * (time.toNanos() / 1e9);
  }

  private static long percentile(long[] sorted, int percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }
}
