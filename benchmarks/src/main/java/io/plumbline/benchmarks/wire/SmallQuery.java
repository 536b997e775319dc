package io.plumbline.benchmarks.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/** Ways to ask for one row by its key. */
enum SmallQuery {
  SAME_TEXT {
    @Override
    Client client(Connection connection) {
      return () -> statement(connection, 4711);
    }
  },

  NEW_TEXT {
    @Override
    Client client(Connection connection) {
      return () -> statement(connection, anyKey());
    }
  },

  PREPARED {
    @Override
    Client client(Connection connection) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(SQL + "?");
      return () -> {
        statement.setInt(1, anyKey());
        read(statement.executeQuery());
      };
    }
  };

  private static final String SQL =
      "select id, amount, note, measured_at from bench.readings where id = ";
  private static final int KEYS = 10_000;

  /** Asks again and again over one connection. */
  interface Client {
    void ask() throws SQLException;
  }

  abstract Client client(Connection connection) throws SQLException;

  private static int anyKey() {
    return ThreadLocalRandom.current().nextInt(KEYS) + 1;
  }

  private static void statement(Connection connection, int key) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      read(statement.executeQuery(SQL + key));
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    try (rows) {
      if (!rows.next() || rows.getString(3) == null || rows.next()) {
        throw new SQLException("not exactly one row");
      }
    }
  }
}
