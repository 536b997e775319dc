package io.plumbline.benchmarks.definitions;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.engine.Session;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in a process of its own.
 *
 * @param firstSeconds to read, check and compile the definitions in a fresh process, which is
 *     connected to the warehouse
 * @param againSeconds the same once more: the median of several
 * @param planMillis CPU time to plan one query in a process that has planned for a while
 * @param planKilobytes allocated by it
 */
record Load(double firstSeconds, double againSeconds, double planMillis, double planKilobytes) {

  private static final String TOLD = "load";
  private static final int LOADS = 15;

  private static final String QUERY =
      """
      select month, aggregate(generated_0) as m, aggregate(generated_1) as n
      from metrics.company where month >= date '2025-01-01'
      group by month order by month
      """;

  /** Measures in a JVM of its own. */
  static Load measure(WarehouseAddress address, Company company, int metrics, int seconds)
      throws IOException {
    List<String> options = new ArrayList<>(address.jvmOptions());
    options.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    List<String> arguments =
        List.of(company.name(), Integer.toString(metrics), Integer.toString(seconds));
    try (ChildJvm jvm = ChildJvm.start(options, Load.class, arguments)) {
      String[] told = jvm.told(TOLD).split(" ");
      return new Load(
          Double.parseDouble(told[0]),
          Double.parseDouble(told[1]),
          Double.parseDouble(told[2]),
          Double.parseDouble(told[3]));
    }
  }

  /** The measured process: company, number of metrics, seconds. */
  public static void main(String[] arguments) throws Exception {
    Company company = Company.valueOf(arguments[0]);
    int metrics = Integer.parseInt(arguments[1]);
    QueryCompiler compiler = new QueryCompiler(PlumblineTypeSystem.typeFactory());
    Warehouse warehouse = Warehouse.open(WarehouseAddress.given().settings(2), compiler.types());
    long start = System.nanoTime();
    try (BenchmarkEngine engine =
        BenchmarkEngine.over(
            warehouse, compiler, company.read(metrics), new GoldenCompany().asOf())) {
      double first = (System.nanoTime() - start) / 1e9;
      double again = loadedAgain(engine, company, metrics);
      Planned planned = planned(engine, Integer.parseInt(arguments[2]));
      System.out.println(
          TOLD
              + (" " + first)
              + (" " + again)
              + (" " + planned.millis())
              + (" " + planned.kilobytes()));
    }
  }

  private static double loadedAgain(BenchmarkEngine engine, Company company, int metrics)
      throws Exception {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      long start = System.nanoTime();
      engine.engine().reload(company.read(metrics));
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    return seconds.stream().sorted().toList().get(LOADS / 2);
  }

  private record Planned(double millis, double kilobytes) {}

  /** Plans for a while, and counts the last third. */
  private static Planned planned(BenchmarkEngine engine, int seconds) {
    try (Session session = engine.session()) {
      long asked = plan(session, 0, seconds * 2 / 3.0);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long cpu = threads.getCurrentThreadCpuTime();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long plans = plan(session, asked, seconds / 3.0) - asked;
      return new Planned(
          (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / plans,
          (threads.getCurrentThreadAllocatedBytes() - bytes) / 1024.0 / plans);
    }
  }

  /** Plans texts that were not asked before, for so long; returns the number of the next one. */
  private static long plan(Session session, long first, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long number = first;
    while (System.nanoTime() < end) {
      session.prepare(QUERY + "-- " + number++);
    }
    return number;
  }
}
