package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query of the golden company and the columns of a hand-checked file that it must return, by
 * position.
 *
 * @param sql statements; the last one gives the rows
 * @param keys how many of the columns, the first ones, identify a row
 * @param rows of the file, cut to the columns
 */
record GoldenQuery(List<String> sql, int keys, List<List<String>> rows) {

  GoldenQuery {
    sql = List.copyOf(sql);
    rows = List.copyOf(rows);
  }

  /** The statements of a file in {@code golden/queries}. */
  static List<String> statements(String name) {
    List<String> statements = new ArrayList<>();
    String text = RunningCompany.resource("/golden/queries/" + name + ".sql");
    for (String statement : text.replaceAll("--[^\n]*", "").split(";")) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  /** Asks, and compares every cell, HALF_UP at the decimals of the file. */
  void check(Connection connection) throws SQLException {
    Map<List<String>, List<String>> answered = byKey(answer(connection).rows());
    Map<List<String>, List<String>> wanted = byKey(rows);
    assertThat(answered.keySet()).as("rows of " + sql).isEqualTo(wanted.keySet());
    wanted.forEach(
        (key, cells) -> {
          for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            assertThat(like(answered.get(key).get(i), cell))
                .as("%s, column %d of %s", key, i + 1, sql)
                .isEqualTo(like(cell, cell));
          }
        });
  }

  private Grid answer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String preparation : sql.subList(0, sql.size() - 1)) {
        statement.execute(preparation);
      }
      try (ResultSet result = statement.executeQuery(sql.get(sql.size() - 1))) {
        return Grid.read(result);
      }
    }
  }

  private Map<List<String>, List<String>> byKey(List<List<String>> all) {
    Map<List<String>, List<String>> byKey = new LinkedHashMap<>();
    for (List<String> row : all) {
      List<String> key = row.subList(0, keys).stream().map(GoldenQuery::day).toList();
      if (byKey.put(key, row.subList(keys, row.size())) != null) {
        throw new AssertionError("Two rows for " + key);
      }
    }
    return byKey;
  }

  /** Files write a month as 2025-03. */
  private static String day(String cell) {
    return cell.matches("\\d{4}-\\d{2}") ? cell + "-01" : cell;
  }

  /** A cell with the decimals of another; money without any is exact to four. */
  private static String like(String cell, String model) {
    if (cell.isEmpty() || cell.equals("null")) {
      return "null";
    }
    if (!cell.matches("-?\\d+(\\.\\d+)?")) {
      return cell;
    }
    int point = model.indexOf('.');
    int decimals = point < 0 ? 4 : model.length() - point - 1;
    return new BigDecimal(cell)
        .setScale(decimals, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
