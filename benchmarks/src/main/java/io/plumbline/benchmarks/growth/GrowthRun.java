package io.plumbline.benchmarks.growth;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.benchmarks.Table;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Rows;
import io.plumbline.engine.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the engine's statements and hand-written ones in turn, on one connection of PostgreSQL with
 * one process and the same settings.
 */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    description = "Time of movements, retention and trailing users over 1.1 million intervals.")
public final class GrowthRun implements Callable<Integer> {

  private static final LocalDate AS_OF = LocalDate.of(2026, 2, 28);

  /** Takes minutes, and misses or meets its target by far: once is enough. */
  private static final String DENSE = "movements_dense.sql, month";

  private static final String MOVEMENTS =
      "select %1$s, aggregate(%3$s_opening), aggregate(%3$s_expansion), aggregate(%3$s_contraction),"
          + " aggregate(%3$s_churn), aggregate(%3$s_new), aggregate(%3$s_return), aggregate(%3$s_mrr)"
          + " from metrics.%2$s where metric_time >= date '2023-03-01' group by %1$s order by %1$s";

  @Option(names = "--rounds", description = "Runs of each statement. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  private final Map<String, String> statements = new LinkedHashMap<>();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    try (BenchmarkWarehouse warehouse = BenchmarkWarehouse.start()) {
      warehouse.load(resource("data.sql"), resource("currencies.sql"));
      collect(warehouse);
      try (Connection connection = warehouse.address().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("set search_path = bench");
        statement.execute("set timezone = 'UTC'");
        statement.execute("set work_mem = '512MB'");
        statement.execute("set jit = off");
        statement.execute("set max_parallel_workers_per_gather = 0");
        measure(statement);
      }
    }
    return 0;
  }

  // ---- statements ----

  private void collect(BenchmarkWarehouse warehouse) throws Exception {
    String delta = resource("movements_delta.sql");
    statements.put("movements_delta.sql, month", delta.replace(":grain", "month"));
    statements.put("movements_delta.sql, day", delta.replace(":grain", "day"));
    statements.put(DENSE, resource("movements_dense.sql").replace(":grain", "month"));
    statements.put("ndr_t12m_delta.sql", resource("ndr_t12m_delta.sql"));
    statements.put("mau_trailing30_delta.sql", resource("mau_trailing30_delta.sql"));
    DefinitionFile definitions = new DefinitionFile("growth.yaml", resource("definitions.yaml"));
    try (BenchmarkEngine engine =
            BenchmarkEngine.over(warehouse.address(), List.of(definitions), AS_OF);
        Session session = engine.session()) {
      for (String grain : List.of("month", "day")) {
        add(session, "movements, " + grain, MOVEMENTS.formatted(grain, "growth", "growth"));
        add(
            session,
            "movements of 10 currencies, " + grain,
            MOVEMENTS.formatted(grain, "growth_fx", "fx"));
      }
      add(
          session,
          "ndr_t12m",
          "select month, aggregate(growth_ndr), aggregate(growth_grr), aggregate(growth_cohort)"
              + " from metrics.growth where metric_time >= date '2023-03-01' group by month"
              + " order by month");
      add(
          session,
          "trailing 30-day users",
          "select day, aggregate(trailing_users) from metrics.activity where metric_time between"
              + " date '2025-01-01' and date '2025-12-31' group by day order by day");
    }
  }

  /** The statement that the engine would send to the warehouse. */
  private void add(Session session, String name, String query) {
    PreparedQuery explained = session.prepare("explain " + query);
    List<String> lines = new ArrayList<>();
    try (Rows rows = explained.execution().start(List.of(), 0)) {
      while (rows.next()) {
        lines.add(rows.textAt(0));
      }
    }
    int statement = lines.indexOf("statement of the warehouse");
    statements.put(name, String.join("\n", lines.subList(statement + 1, lines.size())));
  }

  // ---- measuring ----

  /** The first round warms up; what is known of all statements is shown after each other one. */
  private void measure(Statement statement) throws SQLException {
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, String> entry : statements.entrySet()) {
        boolean dense = entry.getKey().equals(DENSE);
        if (!dense || round == 1) {
          double elapsed = run(statement, entry.getValue());
          System.out.printf(Locale.ROOT, "# %s: %.2f s%n", entry.getKey(), elapsed);
          if (round > 0) {
            seconds.computeIfAbsent(entry.getKey(), k -> new ArrayList<>()).add(elapsed);
          }
        }
      }
      if (round > 0) {
        System.out.printf(Locale.ROOT, "%nAfter round %d:%n%s%n", round, table());
      }
    }
  }

  private static double run(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double median(String name) {
    List<Double> sorted = seconds.get(name).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private Table table() {
    Table table = new Table("engine", "s", "against", "s", "ratio", "target");
    compare(table, "movements, month", "movements_delta.sql, month", "1.2");
    compare(table, "movements, day", "movements_delta.sql, day", "1.2");
    compare(table, "movements, day", "movements, month", "1.3");
    compare(table, "movements, month", DENSE, "0.22");
    compare(table, "ndr_t12m", "ndr_t12m_delta.sql", "0.8");
    compare(table, "trailing 30-day users", "mau_trailing30_delta.sql", "1.2");
    compare(table, "movements of 10 currencies, month", "movements, month", "1.5");
    compare(table, "movements of 10 currencies, day", "movements, day", "1.5");
    return table;
  }

  private void compare(Table table, String name, String baseline, String target) {
    double ratio = median(name) / median(baseline);
    table.add(
        name, number(median(name)), baseline, number(median(baseline)), number(ratio), target);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(GrowthRun.class.getResourceAsStream("/growth/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
