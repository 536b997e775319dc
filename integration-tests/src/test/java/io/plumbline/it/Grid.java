package io.plumbline.it;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result as comparable text: numbers HALF_UP at six decimals without trailing zeros,
 * midnight timestamps as dates.
 */
public record Grid(List<String> columns, List<List<String>> rows) {

  private static final int DECIMALS = 6;

  /** Where exact thirds end; taken first, so that their noise can't tip a half. */
  private static final int NOISE = 12;

  public Grid {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  public static Grid read(ResultSet result) throws SQLException {
    ResultSetMetaData metaData = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      columns.add(metaData.getColumnLabel(i));
    }
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(cell(result.getObject(i)));
      }
      rows.add(List.copyOf(row));
    }
    return new Grid(columns, rows);
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Timestamp timestamp) {
      String text = timestamp.toString();
      return text.endsWith(" 00:00:00.0") ? text.substring(0, 10) : text;
    }
    if (value instanceof Date || value instanceof Time) {
      return value.toString();
    }
    return value instanceof Number number
        ? number(new BigDecimal(number.toString()))
        : value.toString();
  }

  static String number(BigDecimal value) {
    BigDecimal rounded =
        value
            .setScale(NOISE, RoundingMode.HALF_UP)
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** The rows in an order of their own, for results that promise none. */
  List<List<String>> sortedRows() {
    List<List<String>> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> String.join("\u0001", a).compareTo(String.join("\u0001", b)));
    return Collections.unmodifiableList(sorted);
  }

  /** The same rows ordered by the text of some columns: collations of databases differ. */
  Grid sortedBy(List<String> names) {
    List<Integer> indexes = names.stream().map(columns::indexOf).toList();
    List<List<String>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> indexes.stream().map(row::get).toList().toString()));
    return new Grid(columns, sorted);
  }

  /** The values of one column. */
  List<String> column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("No column " + name + " in " + columns);
    }
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** A table as scripts show it: a header and a line for each row. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(columns);
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return columns.isEmpty() ? List.of() : all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Reads back what {@link #lines} printed. */
  static Grid parse(List<String> lines) {
    List<List<String>> all = lines.stream().map(Grid::cells).toList();
    return all.isEmpty()
        ? new Grid(List.of(), List.of())
        : new Grid(all.get(0), all.subList(1, all.size()));
  }

  private static List<String> cells(String line) {
    String trimmed = line.strip();
    if (!trimmed.startsWith("|") || !trimmed.endsWith("|")) {
      throw new IllegalArgumentException("Not a line of a table: " + line);
    }
    String[] cells = trimmed.substring(1, trimmed.length() - 1).split("\\|", -1);
    return Arrays.stream(cells).map(String::strip).toList();
  }
}
