package io.plumbline.benchmarks.planning;

import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.benchmarks.Table;
import io.plumbline.benchmarks.WarehouseAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures planning with JMH, and the first query of fresh processes. */
@Command(
    name = "planning",
    mixinStandardHelpOptions = true,
    description = "CPU time and allocation of planning: cold, warm and cached.")
public final class PlanningRun implements Callable<Integer> {

  @Option(names = "--metrics", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> metrics = List.of(8, 100, 500);

  @Option(names = "--queries", split = ",", description = "Of ${COMPLETION-CANDIDATES}.")
  private List<PlanningQuery> queries = List.of(PlanningQuery.values());

  @Option(names = "--iterations", description = "Measured iterations. Default: ${DEFAULT-VALUE}.")
  private int iterations = 5;

  @Option(names = "--seconds", description = "Of each iteration. Default: ${DEFAULT-VALUE}.")
  private int seconds = 2;

  @Option(names = "--warmup", description = "Iterations before. Default: ${DEFAULT-VALUE}.")
  private int warmup = 8;

  @Option(names = "--cold", description = "Fresh processes. Default: ${DEFAULT-VALUE}.")
  private int cold = 3;

  @Override
  public Integer call() throws Exception {
    try (BenchmarkWarehouse warehouse = BenchmarkWarehouse.start()) {
      Table first = coldTable(warehouse.address());
      List<RunResult> results = new ArrayList<>(run("planned", warmup, warehouse.address()));
      results.addAll(run("cached", 1, warehouse.address()));
      Table next = warmTable(results);
      System.out.println("\nThe first query of a process\n\n" + first);
      System.out.println("The next ones\n\n" + next);
    }
    return 0;
  }

  private Table coldTable(WarehouseAddress address) throws IOException {
    Table table =
        new Table("query", "metrics", "engine opened, ms", "planned, ms", "CPU of it, ms");
    for (int count : metrics) {
      for (PlanningQuery query : queries) {
        List<ColdPlanning> measured = new ArrayList<>();
        for (int i = 0; i < cold; i++) {
          System.out.println("# cold: " + query + ", " + count + " metrics, process " + (i + 1));
          measured.add(ColdPlanning.measure(address, count, query));
        }
        table.add(
            query.name(),
            Integer.toString(count),
            millis(measured.stream().mapToDouble(ColdPlanning::openedMillis).min().orElse(0)),
            millis(measured.stream().mapToDouble(ColdPlanning::plannedMillis).min().orElse(0)),
            millis(measured.stream().mapToDouble(ColdPlanning::cpuMillis).min().orElse(0)));
      }
    }
    return table;
  }

  private Collection<RunResult> run(String benchmark, int warmups, WarehouseAddress address)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(WarmPlanning.class.getName() + "." + benchmark)
            .param("metrics", metrics.stream().map(String::valueOf).toArray(String[]::new))
            .param("query", queries.stream().map(Enum::name).toArray(String[]::new))
            .forks(1)
            .warmupIterations(warmups)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(seconds))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTime.class)
            .jvmArgsAppend(address.jvmOptions().toArray(String[]::new))
            .jvmArgsPrepend("-Xmx512m", "-XX:+UseSerialGC");
    return new Runner(options.build()).run();
  }

  private static Table warmTable(Collection<RunResult> results) {
    Table table = new Table("query", "metrics", "what", "CPU, ms", "elapsed, ms", "allocated, KB");
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      table.add(
          result.getParams().getParam("query"),
          result.getParams().getParam("metrics"),
          name.substring(name.lastIndexOf('.') + 1),
          millis(score(result, CpuTime.RESULT)),
          millis(result.getPrimaryResult().getScore()),
          String.format(Locale.ROOT, "%.1f", score(result, "gc.alloc.rate.norm") / 1024));
    }
    return table;
  }

  @SuppressWarnings("rawtypes") // of JMH's results
  private static double score(RunResult result, String name) {
    for (Map.Entry<String, Result> secondary : result.getSecondaryResults().entrySet()) {
      if (secondary.getKey().endsWith(name)) {
        return secondary.getValue().getScore();
      }
    }
    throw new IllegalStateException("no result '" + name + "' in " + result);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : "%.2f", value);
  }
}
