package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Asks every target for single rows, with one client and with several. */
final class SmallResults {

  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final List<Integer> clients;
  private final Duration time;

  SmallResults(List<Integer> clients, Duration time) {
    this.clients = clients;
    this.time = time;
  }

  /** The first target is the one that the others are compared with. */
  Table of(List<Target> targets) throws Exception {
    Table table =
        new Table(
            "",
            "query",
            "clients",
            "queries/s",
            "of pgjdbc",
            "p50, ms",
            "p99, ms",
            "server's CPU, µs");
    for (SmallQuery query : SmallQuery.values()) {
      for (int count : clients) {
        double direct = 0;
        for (Target target : targets) {
          Load.of(target, query, count, WARM_UP);
          Duration cpu = target.cpuOfServer();
          Load load = Load.of(target, query, count, time);
          cpu = target.cpuOfServer().minus(cpu);
          System.out.println("# " + target.name() + ", " + query + ", " + count + ": " + load);
          direct = target.isDirect() ? load.perSecond() : direct;
          table.add(
              target.name(),
              query.name(),
              Integer.toString(count),
              number("%.0f", load.perSecond()),
              number("%.2f", load.perSecond() / direct),
              number("%.2f", load.p50Millis()),
              number("%.2f", load.p99Millis()),
              target.isDirect() ? "" : number("%.0f", micros(cpu) / load.queries(time)));
        }
      }
    }
    return table;
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1e3;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
