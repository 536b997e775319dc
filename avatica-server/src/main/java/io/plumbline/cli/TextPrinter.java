package io.plumbline.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The first column as it is, a line for each row: what {@code explain} answers. */
final class TextPrinter implements ResultPrinter {

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    long count = 0;
    while (rows.next()) {
      out.println(rows.getString(1));
      count++;
    }
    return count;
  }
}
