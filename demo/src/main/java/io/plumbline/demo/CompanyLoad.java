package io.plumbline.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One company's load as one transaction: all of it is there, or nothing, and a mark says what it
 * is.
 */
final class CompanyLoad {
  private final DemoCompany company;
  private final String content;

  private final LoadOptions options;

  CompanyLoad(DemoCompany company, LoadOptions options) {
    this.company = company;
    this.options = options;
    this.content = company.describe(options);
  }

  void run(Connection connection, ProgressListener progress) throws SQLException {
    createMarks(connection);
    if (isLoaded(connection)) {
      return;
    }
    connection.setAutoCommit(false);
    dropSchemas(connection);
    company.load(connection, options, progress);
    mark(connection);
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      progress.progress("statistics", 1.0);
      statement.execute("analyze");
    }
  }

  private static void createMarks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists plumbline_demo");
      statement.execute(
          "create table if not exists plumbline_demo.loaded(company text primary key, content text not null)");
    }
  }

  private boolean isLoaded(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select 1 from plumbline_demo.loaded where company = ? and content = ?")) {
      query.setString(1, company.name());
      query.setString(2, content);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void dropSchemas(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String schema : company.schemas()) {
        statement.execute(
            "drop schema if exists " + statement.enquoteIdentifier(schema, true) + " cascade");
      }
    }
  }

  private void mark(Connection connection) throws SQLException {
    String sql =
        "insert into plumbline_demo.loaded values (?, ?) on conflict (company) do update set content = excluded.content";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, company.name());
      insert.setString(2, content);
      insert.executeUpdate();
    }
  }
}
