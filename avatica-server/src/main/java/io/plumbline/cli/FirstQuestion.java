package io.plumbline.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.Properties;

/** MRR of the last twelve months, asked over HTTP through the stock driver. */
final class FirstQuestion {

  private static final String TITLE = "MRR by month for the last 12 months, asked by analyst:";
  private static final String SQL =
      """
      select month, aggregate(mrr) as mrr
      from metrics.revenue
      where month between date_trunc('month', current_date) - interval '11 months' and current_date
      group by month
      order by month""";

  private static final int MONEY_PLACES = 2;

  private final DemoServer server;

  FirstQuestion(DemoServer server) {
    this.server = server;
  }

  void ask(PrintWriter out) throws SQLException {
    out.println(TITLE);
    SQL.lines().forEach(line -> out.println("  " + line));
    out.println();
    Properties analyst = new Properties();
    analyst.setProperty("user", "analyst");
    analyst.setProperty("password", "analyst");
    try (Connection connection = ServerAddress.connect(server.url(), analyst);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      new TablePrinter(OptionalInt.of(MONEY_PLACES)).print(rows, out);
    }
    out.println();
  }
}
