package io.plumbline.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A way to show the rows of a query. */
interface ResultPrinter {

  /** Prints all rows; returns how many there were. */
  long print(ResultSet rows, PrintWriter out) throws SQLException;

  /** A value as people read it; null for null. */
  static @Nullable String text(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return null;
    }
    return value instanceof BigDecimal number ? number.toPlainString() : rows.getString(column);
  }
}
