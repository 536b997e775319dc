package io.plumbline.benchmarks.governance;

import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongUnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares principals with masks and row filters with one of whom nothing is withheld. */
@Command(
    name = "governance",
    mixinStandardHelpOptions = true,
    description = "Time of queries through the server, governed and not, in turn.")
public final class GovernanceRun implements Callable<Integer> {

  private static final String TARGET = "1.15";

  @Option(names = "--seconds", description = "Of each query. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Option(names = "--explain", description = "Print the statements that the warehouse gets.")
  private boolean explain;

  @Override
  public Integer call() throws Exception {
    Table table =
        new Table("query", "text", "turns", "open, ms", "principal", "ms", "ratio", "target");
    try (BenchmarkWarehouse warehouse = BenchmarkWarehouse.start()) {
      warehouse.load(GovernedServer.resource("data.sql"));
      try (ChildJvm server = GovernedServer.start(warehouse.address())) {
        String url = "jdbc:avatica:remote:serialization=PROTOBUF;url=" + server.told("url");
        Map<String, Connection> principals = new LinkedHashMap<>();
        principals.put(GovernedServer.OPEN, connect(url, GovernedServer.OPEN));
        for (String governed : GovernedServer.GOVERNED) {
          principals.put(governed, connect(url, governed));
        }
        compare(table, principals);
        for (Connection connection : principals.values()) {
          connection.close();
        }
      }
    }
    System.out.println("\n" + table);
    return 0;
  }

  private void compare(Table table, Map<String, Connection> principals) throws SQLException {
    for (GovernedQuery query : GovernedQuery.values()) {
      if (explain) {
        for (Connection connection : principals.values()) {
          print(connection, query);
        }
      }
      add(table, "same", query, new Turns(principals, query, turn -> 1));
      add(table, "new", query, new Turns(principals, query, fresh()));
    }
  }

  private static Connection connect(String url, String user) throws SQLException {
    return DriverManager.getConnection(url, user, user);
  }

  /** Numbers of texts that were not asked before. */
  private static LongUnaryOperator fresh() {
    return turn -> turn + 2;
  }

  private void add(Table table, String text, GovernedQuery query, Turns turns) throws SQLException {
    turns.warmUp(seconds / 2.0).take(seconds);
    System.out.println("# " + query + ", " + text + " text: " + turns.count() + " turns");
    double open = turns.millis(GovernedServer.OPEN);
    for (String governed : GovernedServer.GOVERNED) {
      table.add(
          query.name(),
          text,
          Integer.toString(turns.count()),
          number(open),
          governed,
          number(turns.millis(governed)),
          number(turns.millis(governed) / open),
          TARGET);
    }
  }

  private static void print(Connection connection, GovernedQuery query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain " + query.sql(0))) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    lines.forEach(System.out::println);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
