package io.plumbline.benchmarks;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** An embedded PostgreSQL with the golden company, and rows of every common type on demand. */
public final class BenchmarkWarehouse implements AutoCloseable {

  /** The schema of tables that only benchmarks read. */
  static final String SCHEMA = "bench";

  private final EmbeddedWarehouse postgres;

  private BenchmarkWarehouse(EmbeddedWarehouse postgres) {
    this.postgres = postgres;
  }

  /** Starts it, with the golden company loaded. */
  public static BenchmarkWarehouse start() throws SQLException {
    EmbeddedWarehouse postgres = EmbeddedWarehouse.start(Optional.empty());
    try {
      new GoldenCompany().loadInto(postgres, LoadOptions.SMALL, ProgressListener.SILENT);
      return new BenchmarkWarehouse(postgres);
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  public WarehouseAddress address() {
    return new WarehouseAddress(
        postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword());
  }

  /** Runs scripts that make tables in the schema of benchmarks, which has none before. */
  public void load(String... scripts) throws SQLException {
    try (Connection owner = postgres.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema " + SCHEMA);
      statement.execute("set search_path = " + SCHEMA);
      statement.execute("set timezone = 'UTC'");
      for (String script : scripts) {
        statement.execute(script);
      }
    }
    postgres.publish(List.of(SCHEMA));
  }

  /** Makes table {@code bench.readings}: 8 columns of 8 types, about 60 characters a row. */
  public void createReadings(int rows) throws SQLException {
    try (Connection owner = postgres.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema " + SCHEMA);
      statement.execute(
          "create table bench.readings (id integer primary key, serial bigint, amount numeric(14, 2),"
              + " ratio double precision, note text, day date, measured_at timestamp, paid boolean)");
      fillReadings(owner, rows);
      statement.execute("vacuum analyze bench.readings");
    }
    postgres.publish(List.of(SCHEMA));
  }

  private static void fillReadings(Connection owner, int rows) throws SQLException {
    try (PreparedStatement fill =
        owner.prepareStatement(
            """
            insert into bench.readings
            select n, n * 7919::bigint * 104729, (n * 37 % 1000003) / 100.0, n / 7.0,
              'reading ' || n || ' of meter ' || n % 9973, date '2024-01-01' + n % 800,
              timestamp '2024-01-01' + n * interval '37 seconds', n % 3 = 0
            from generate_series(1, ?) as n
            """)) {
      fill.setInt(1, rows);
      fill.executeUpdate();
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
