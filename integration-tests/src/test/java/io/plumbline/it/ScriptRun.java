package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.plumbline.it.ScriptStatement.Expected;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the statements of one script, each as its user, over one connection per user and settings.
 */
final class ScriptRun implements AutoCloseable {

  private final RunningCompany company;
  private final Map<String, Connection> connections = new HashMap<>();

  ScriptRun(RunningCompany company) {
    this.company = company;
  }

  void check(ScriptStatement statement) throws SQLException {
    if (statement.expected() instanceof Expected.Refusal refusal) {
      checkRefusal(statement, refusal);
      return;
    }
    Grid actual = answer(connection(statement), statement.sql());
    if (statement.expected() instanceof Expected.Rows expected) {
      assertThat(actual.columns()).as(statement.sql()).isEqualTo(expected.grid().columns());
      checkRows(statement, actual, expected.grid());
    } else if (statement.expected() instanceof Expected.SameAs expected) {
      checkRows(statement, actual, answer(reference(), expected.sql()));
    } else if (statement.expected() instanceof Expected.Holds expected) {
      for (String text : expected.texts()) {
        assertThat(String.join("\n", actual.lines())).as(statement.sql()).contains(text);
      }
    }
  }

  private static void checkRows(ScriptStatement statement, Grid actual, Grid expected) {
    List<List<String>> rows = statement.isOrdered() ? actual.rows() : actual.sortedRows();
    assertThat(rows)
        .as(() -> statement.sql() + "\ngave\n" + String.join("\n", actual.lines()))
        .isEqualTo(statement.isOrdered() ? expected.rows() : expected.sortedRows());
  }

  private void checkRefusal(ScriptStatement statement, Expected.Refusal refusal)
      throws SQLException {
    Grid actual;
    try {
      actual = answer(connection(statement), statement.sql());
    } catch (SQLException e) {
      String message = message(e, statement.sql());
      assertThat(refusal.states()).as(message).anyMatch(e.getSQLState()::startsWith);
      for (String text : refusal.texts()) {
        assertThat(message.toLowerCase(Locale.ROOT)).contains(text.toLowerCase(Locale.ROOT));
      }
      assertThat(message).doesNotContain("\tat ", "io.plumbline.", "org.apache.", "org.postgresql");
      return;
    }
    fail(statement.sql() + "\nwas to be refused, but gave\n" + String.join("\n", actual.lines()));
  }

  /** What the script would have to say for the statement to pass. */
  List<String> actual(ScriptStatement statement) throws SQLException {
    try {
      return answer(connection(statement), statement.sql()).lines();
    } catch (SQLException e) {
      return List.of(message(e, statement.sql()), "!error " + e.getSQLState());
    }
  }

  /** The message without the statement, which the driver puts into it. */
  private static String message(SQLException e, String sql) {
    return String.valueOf(e.getMessage()).replace(sql, "...");
  }

  private static Grid answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return new Grid(List.of(), List.of());
      }
      try (ResultSet result = statement.getResultSet()) {
        return Grid.read(result);
      }
    }
  }

  private Connection connection(ScriptStatement statement) throws SQLException {
    String key = statement.user() + statement.settings();
    if (!connections.containsKey(key)) {
      connections.put(key, company.connect(statement.user(), statement.settings()));
    }
    return connections.get(key);
  }

  private Connection reference() throws SQLException {
    if (!connections.containsKey("reference")) {
      connections.put("reference", company.reference());
    }
    return connections.get("reference");
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }
}
