package io.plumbline.benchmarks.wire;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Every cell of a large table read once.
 *
 * @param firstRowMillis from the call that executes to the first row
 * @param checksum of all values; the same for every way to read them
 */
record BulkRead(double rowsPerSecond, double firstRowMillis, int checksum) {

  private static final String SQL =
      "select id, serial, amount, ratio, note, day, measured_at, paid from bench.readings";
  private static final int FETCH_SIZE = 5000;

  /** Reads the table over a connection of its own, which is there when the clock starts. */
  static BulkRead of(Target target) throws SQLException {
    try (Connection connection = target.connect()) {
      if (target.isDirect()) {
        // Without a transaction the driver reads everything before it returns the first row.
        connection.setAutoCommit(false);
      }
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCH_SIZE);
        return read(statement);
      }
    }
  }

  private static BulkRead read(Statement statement) throws SQLException {
    long start = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(SQL)) {
      int columns = rows.getMetaData().getColumnCount();
      boolean more = rows.next();
      long first = System.nanoTime();
      long count = 0;
      int checksum = 0;
      while (more) {
        for (int column = 1; column <= columns; column++) {
          checksum = checksum * 31 + Objects.hashCode(rows.getObject(column));
        }
        count++;
        more = rows.next();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new BulkRead(count / seconds, (first - start) / 1e6, checksum);
    }
  }
}
