package io.plumbline.benchmarks.planning;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import io.plumbline.engine.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The first query of a process: opens an engine, then plans one query.
 *
 * @param openedMillis from the definitions' text to an engine that answers
 * @param plannedMillis from a session's opening to the planned query
 * @param cpuMillis the CPU time of the same on the planning thread
 */
record ColdPlanning(double openedMillis, double plannedMillis, double cpuMillis) {

  private static final String TOLD = "cold";

  /** Measures in a JVM of its own. */
  static ColdPlanning measure(WarehouseAddress address, int metrics, PlanningQuery query)
      throws IOException {
    List<String> options = new ArrayList<>(address.jvmOptions());
    options.add("-Xmx512m");
    List<String> arguments = List.of(Integer.toString(metrics), query.name());
    try (ChildJvm jvm = ChildJvm.start(options, ColdPlanning.class, arguments)) {
      String[] numbers = jvm.told(TOLD).split(" ");
      return new ColdPlanning(
          Double.parseDouble(numbers[0]),
          Double.parseDouble(numbers[1]),
          Double.parseDouble(numbers[2]));
    }
  }

  /** The measured process: the number of metrics, and the query's name. */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    try (BenchmarkEngine engine =
        BenchmarkEngine.open(WarehouseAddress.given(), Integer.parseInt(arguments[0]), 2)) {
      long opened = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      try (Session session = engine.session()) {
        session.prepare(PlanningQuery.valueOf(arguments[1]).sql());
      }
      long planned = System.nanoTime();
      long cpuUsed = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
      System.out.println(
          TOLD
              + (" " + (opened - start) / 1e6)
              + (" " + (planned - opened) / 1e6)
              + (" " + cpuUsed / 1e6));
    }
  }
}
