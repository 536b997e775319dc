package io.plumbline.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An aligned table, numbers to the right. It is as wide as the first thousand rows need; a later
 * value that is wider moves the rest of its line.
 */
final class TablePrinter implements ResultPrinter {

  private static final int MEASURED_ROWS = 1_000;
  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL);

  private final OptionalInt decimals;

  /**
   * @param decimals places that decimals are rounded to; empty for all that there are
   */
  TablePrinter(OptionalInt decimals) {
    this.decimals = decimals;
  }

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    String[] heads = new String[columns.getColumnCount()];
    boolean[] right = new boolean[heads.length];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = columns.getColumnLabel(i + 1);
      right[i] = NUMBERS.contains(columns.getColumnType(i + 1));
    }
    List<String[]> measured = new ArrayList<>();
    while (measured.size() < MEASURED_ROWS && rows.next()) {
      measured.add(cells(rows, heads.length));
    }
    int[] widths = widths(heads, measured);
    out.println(line(heads, widths, right, ' '));
    out.println(line(rules(widths), widths, right, '-'));
    measured.forEach(row -> out.println(line(row, widths, right, ' ')));
    long count = measured.size();
    while (measured.size() == MEASURED_ROWS && rows.next()) {
      out.println(line(cells(rows, heads.length), widths, right, ' '));
      count++;
    }
    return count;
  }

  private String[] cells(ResultSet rows, int width) throws SQLException {
    String[] cells = new String[width];
    for (int i = 0; i < width; i++) {
      cells[i] = cell(rows, i + 1);
    }
    return cells;
  }

  private String cell(ResultSet rows, int column) throws SQLException {
    if (decimals.isPresent() && rows.getObject(column) instanceof BigDecimal number) {
      return number.setScale(decimals.getAsInt(), RoundingMode.HALF_UP).toPlainString();
    }
    String text = ResultPrinter.text(rows, column);
    return text == null ? "null" : text.replace('\n', ' ');
  }

  private static int[] widths(String[] heads, List<String[]> rows) {
    int[] widths = Arrays.stream(heads).mapToInt(String::length).toArray();
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  private static String[] rules(int[] widths) {
    return Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
  }

  private static String line(String[] cells, int[] widths, boolean[] right, char edge) {
    String gap = edge == '-' ? "-+-" : " | ";
    StringBuilder line = new StringBuilder().append(edge);
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
      line.append(i == 0 ? "" : gap).append(right[i] ? padding + cells[i] : cells[i] + padding);
    }
    return line.toString().stripTrailing();
  }
}
