package io.plumbline.it;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of hand-checked values, and the query that must return it, with the columns named as in
 * the file.
 *
 * @param keys the columns that identify a row
 * @param metrics columns of the file by the metric that each of them holds
 * @param query the query's statements; the last one gives the rows
 */
record GoldenFile(
    String name,
    List<String> keys,
    Map<String, String> metrics,
    List<String> query,
    Grid expected) {

  private static final int MONEY_DECIMALS = 4;

  private static final Pattern SELECT_LIST =
      Pattern.compile("(?is)^\\s*select\\s+(.*?)\\s+from\\s+(.*)$");
  private static final Pattern METRIC = Pattern.compile("aggregate\\((\\w+)\\)\\s+as\\s+(\\w+)");

  /** Files name some metrics in words of their own. */
  private static final Map<String, String> FILE_COLUMNS =
      Map.of(
          "mrr", "closing_mrr",
          "arr", "arr_closing",
          "paying_customers", "closing_customers",
          "net_churn", "net_churn_vitally",
          "net_mrr_churn_rate", "net_mrr_churn_rate_chartmogul",
          "revenue_retention", "vitally_revenue_retention");

  static GoldenFile read(String name) {
    List<String> statements =
        statements(RunningCompany.resource("/golden/queries/" + name + ".sql"));
    Matcher query = SELECT_LIST.matcher(statements.get(statements.size() - 1));
    if (!query.matches()) {
      throw new IllegalArgumentException("No select list in the query of " + name);
    }
    Map<String, String> metrics = new LinkedHashMap<>();
    Matcher metric = METRIC.matcher(query.group(1));
    while (metric.find()) {
      metrics.put(metric.group(1), FILE_COLUMNS.getOrDefault(metric.group(2), metric.group(2)));
    }
    String keys = query.group(1).substring(0, query.group(1).indexOf("aggregate("));
    statements.set(statements.size() - 1, named(keys, metrics, query.group(2)));
    return new GoldenFile(name, keyColumns(keys), metrics, statements, expected(name));
  }

  private static String named(String keys, Map<String, String> metrics, String rest) {
    List<String> items = new ArrayList<>();
    metrics.forEach((metric, column) -> items.add("aggregate(" + metric + ") as " + column));
    return "select " + keys + String.join(", ", items) + " from " + rest;
  }

  private static List<String> keyColumns(String keys) {
    List<String> columns = new ArrayList<>();
    for (String item : keys.split(",")) {
      String[] words = item.strip().split("\\s+");
      if (!words[words.length - 1].isEmpty()) {
        columns.add(words[words.length - 1]);
      }
    }
    return columns;
  }

  private static List<String> statements(String sql) {
    List<String> statements = new ArrayList<>();
    for (String statement : sql.replaceAll("--[^\n]*", "").split(";")) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  private static Grid expected(String name) {
    List<List<String>> rows = new ArrayList<>();
    RunningCompany.resource("/golden/expected/" + name + ".csv")
        .lines()
        .forEach(line -> rows.add(List.of(line.split(",", -1))));
    return new Grid(rows.get(0), rows.subList(1, rows.size()));
  }

  /**
   * Compares every cell with what a server answered, HALF_UP: money at four decimals, rates at the
   * six of the file.
   *
   * @return how many cells agree
   * @throws AssertionError at the first rows or cells that differ
   */
  int compare(Grid answer) {
    Grid actual = answer.sortedBy(keys);
    Grid wanted = expected.sortedBy(keys);
    List<String> columns = new ArrayList<>(keys);
    columns.addAll(metrics.values());
    int cells = 0;
    List<String> differences = new ArrayList<>();
    if (actual.rows().size() != wanted.rows().size()) {
      differences.add(actual.rows().size() + " rows instead of " + wanted.rows().size());
    }
    for (String column : columns) {
      List<String> values = actual.column(column);
      List<String> wantedValues = wanted.column(column);
      for (int row = 0; row < Math.min(values.size(), wantedValues.size()); row++) {
        int scale = scale(wantedValues.get(row));
        if (normal(values.get(row), scale).equals(normal(wantedValues.get(row), scale))) {
          cells++;
        } else {
          differences.add(
              "row "
                  + row
                  + " "
                  + column
                  + ": "
                  + values.get(row)
                  + " instead of "
                  + wantedValues.get(row));
        }
      }
    }
    if (!differences.isEmpty()) {
      throw new AssertionError(name + ":\n" + String.join("\n", differences));
    }
    return cells;
  }

  private static int scale(String cell) {
    int point = cell.indexOf('.');
    return point < 0 ? MONEY_DECIMALS : Math.max(MONEY_DECIMALS, cell.length() - point - 1);
  }

  private static String normal(String cell, int scale) {
    if (cell.isEmpty() || cell.equals("null")) {
      return "null";
    }
    try {
      BigDecimal rounded = new BigDecimal(cell).setScale(scale, RoundingMode.HALF_UP);
      return rounded.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return cell;
    }
  }
}
