package io.plumbline.benchmarks.governance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Lets principals ask the same, one after the other, again and again: whatever else happens on the
 * machine happens to all of them.
 */
final class Turns {

  private final Map<String, Connection> principals;
  private final GovernedQuery query;
  private final LongUnaryOperator numbers;
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
  private long turn;

  /**
   * @param principals their connections, by name
   * @param numbers of the texts, by turn
   */
  Turns(Map<String, Connection> principals, GovernedQuery query, LongUnaryOperator numbers) {
    this.principals = principals;
    this.query = query;
    this.numbers = numbers;
  }

  /** Asks for so long, and forgets what that took. */
  Turns warmUp(double seconds) throws SQLException {
    take(seconds);
    nanos.clear();
    return this;
  }

  /** Each turn starts with another principal. */
  Turns take(double seconds) throws SQLException {
    List<String> order = new ArrayList<>(principals.keySet());
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      String sql = query.sql(numbers.applyAsLong(turn++));
      for (String name : order) {
        nanos.computeIfAbsent(name, n -> new ArrayList<>()).add(ask(principals.get(name), sql));
      }
      order.add(order.remove(0));
    }
    return this;
  }

  private static long ask(Connection connection, String sql) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        rows.getObject(1);
        count++;
      }
      if (count == 0) {
        throw new SQLException("no row for: " + sql);
      }
    }
    return System.nanoTime() - start;
  }

  /** The median of a principal's answers. */
  double millis(String principal) {
    List<Long> sorted = nanos.get(principal).stream().sorted().toList();
    return sorted.get(sorted.size() / 2) / 1e6;
  }

  int count() {
    return nanos.values().iterator().next().size();
  }
}
