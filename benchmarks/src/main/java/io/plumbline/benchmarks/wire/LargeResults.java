package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Reads the large table from every target in turn, so that a busy moment does not hit one alone.
 */
final class LargeResults {

  private final int rows;
  private final int reads;

  /** One target's reads, without the first, which warmed it. */
  private record Measured(Target target, List<BulkRead> reads, List<Duration> serverCpu) {
    double median(ToDoubleFunction<BulkRead> value) {
      return reads.stream().mapToDouble(value).sorted().toArray()[reads.size() / 2];
    }

    double rate() {
      return median(BulkRead::rowsPerSecond);
    }

    double leastServerCpuMicros() {
      return serverCpu.stream().mapToLong(Duration::toNanos).min().orElse(0) / 1e3;
    }
  }

  LargeResults(int rows, int reads) {
    this.rows = rows;
    this.reads = reads;
  }

  /** The first target is the one that the others are compared with. */
  Table of(List<Target> targets) throws SQLException, IOException {
    List<Measured> all =
        targets.stream()
            .map(target -> new Measured(target, new ArrayList<>(), new ArrayList<>()))
            .toList();
    for (int turn = 0; turn <= reads; turn++) {
      for (Measured measured : all) {
        read(measured, turn > 0);
      }
    }
    Table table =
        new Table(
            "", "rows/s", "of pgjdbc", "first row, ms", "server's CPU, µs/row", "its memory, MB");
    for (Measured measured : all) {
      add(table, measured, measured.rate() / all.get(0).rate());
    }
    return table;
  }

  private static void read(Measured measured, boolean counts) throws SQLException {
    Target target = measured.target();
    Duration before = target.cpuOfServer();
    BulkRead read = BulkRead.of(target);
    System.out.println("# " + target.name() + ": " + read);
    if (counts) {
      measured.reads().add(read);
      measured.serverCpu().add(target.cpuOfServer().minus(before));
    }
  }

  private void add(Table table, Measured measured, double ratio) throws IOException {
    Target target = measured.target();
    table.add(
        target.name(),
        number("%.0f", measured.rate()),
        number("%.2f", ratio),
        number("%.1f", measured.median(BulkRead::firstRowMillis)),
        target.isDirect() ? "" : number("%.2f", measured.leastServerCpuMicros() / rows),
        target.isDirect() ? "" : Long.toString(target.server().orElseThrow().peakMegabytes()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
