package io.plumbline.benchmarks.definitions;

import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.benchmarks.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads companies with ever more metrics, and plans the same query over each. */
@Command(
    name = "definitions",
    mixinStandardHelpOptions = true,
    description = "Time to load definitions, and to plan a query over them, by number of metrics.")
public final class DefinitionsRun implements Callable<Integer> {

  /** Seconds. */
  private static final Map<Integer, Double> TARGETS = Map.of(10, 0.2, 100, 0.5, 1000, 2.0);

  @Option(names = "--metrics", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> metrics = List.of(10, 100, 1000);

  @Option(names = "--seconds", description = "Of planning. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Override
  public Integer call() throws Exception {
    Table table =
        new Table(
            "definitions",
            "metrics",
            "first load of a process, s",
            "loaded again, s",
            "target of it, s",
            "one query planned, CPU ms",
            "allocated, KB");
    try (BenchmarkWarehouse warehouse = BenchmarkWarehouse.start()) {
      for (Company company : Company.values()) {
        for (int count : metrics) {
          if (company.canHave(count)) {
            System.out.println("# " + company + ", " + count + " metrics");
            add(table, company, count, Load.measure(warehouse.address(), company, count, seconds));
          }
        }
      }
    }
    System.out.println("\n" + table);
    return 0;
  }

  private static void add(Table table, Company company, int metrics, Load load) {
    table.add(
        company.toString(),
        Integer.toString(metrics),
        text("%.2f", load.firstSeconds()),
        text("%.3f", load.againSeconds()),
        TARGETS.containsKey(metrics) ? text("%.1f", TARGETS.get(metrics)) : "",
        text("%.2f", load.planMillis()),
        text("%.0f", load.planKilobytes()));
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
