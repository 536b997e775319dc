package io.plumbline.engine.warehouse;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many rows the warehouse expects to read: all rows of the tables that its plan reads from end
 * to end, and those that it expects to find by an index.
 */
final class ScanEstimate {

  private static final Pattern WHOLE_TABLE =
      Pattern.compile("Seq Scan on (\\S+(?:\\.\"[^\"]+\")?)");
  private static final Pattern BY_INDEX = Pattern.compile("Index(?: Only)? Scan.* rows=(\\d+)");
  private static final String ROWS_OF_TABLES =
      "select coalesce(sum(greatest(c.reltuples, 0)), 0)"
          + " from unnest(cast(? as text[])) as n join pg_catalog.pg_class c"
          + " on c.oid = cast(n as regclass)";

  private final HikariDataSource pool;

  ScanEstimate(HikariDataSource pool) {
    this.pool = pool;
  }

  long rows(WarehouseStatement statement, List<? extends @Nullable Object> parameters) {
    try (Connection connection = pool.getConnection()) {
      List<String> tables = new ArrayList<>();
      long byIndex = 0;
      for (String line : plan(connection, statement, parameters)) {
        Matcher table = WHOLE_TABLE.matcher(line);
        Matcher found = BY_INDEX.matcher(line);
        if (table.find()) {
          tables.add(table.group(1));
        } else if (found.find()) {
          byIndex += Long.parseLong(found.group(1));
        }
      }
      return byIndex + rowsOf(connection, tables);
    } catch (SQLException e) {
      throw WarehouseProblems.of(e);
    }
  }

  /** The statement is the dialect's; what stands before it is the same for every statement. */
  private static List<String> plan(
      Connection connection,
      WarehouseStatement statement,
      List<? extends @Nullable Object> parameters)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (PreparedStatement explain =
        connection.prepareStatement("explain (verbose) " + statement.sql())) {
      int position = 1;
      for (int index : statement.parameters()) {
        WarehouseQuery.bind(explain, position++, parameters.get(index));
      }
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  private static long rowsOf(Connection connection, List<String> tables) throws SQLException {
    Array names = connection.createArrayOf("text", tables.toArray());
    try (PreparedStatement count = connection.prepareStatement(ROWS_OF_TABLES)) {
      count.setArray(1, names);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
