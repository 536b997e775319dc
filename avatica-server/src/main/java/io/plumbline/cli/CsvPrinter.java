package io.plumbline.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them; null is empty, an empty text is {@code ""}. */
final class CsvPrinter implements ResultPrinter {

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      cells.add(columns.getColumnLabel(i));
    }
    line(cells, out);
    long count = 0;
    while (rows.next()) {
      cells.clear();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String text = ResultPrinter.text(rows, i);
        cells.add(text == null ? "" : text.isEmpty() ? "\"\"" : quoted(text));
      }
      out.println(String.join(",", cells));
      count++;
    }
    return count;
  }

  private static void line(List<String> cells, PrintWriter out) {
    out.println(cells.stream().map(CsvPrinter::quoted).collect(Collectors.joining(",")));
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
