package io.plumbline.benchmarks;

import io.plumbline.engine.warehouse.WarehouseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How the processes of a benchmark reach the warehouse that the first of them started. */
public record WarehouseAddress(String url, String user, String password) {

  private static final String URL = "plumbline.benchmarks.url";
  private static final String USER = "plumbline.benchmarks.user";
  private static final String PASSWORD = "plumbline.benchmarks.password";

  /** The address that this process was started with. */
  public static WarehouseAddress given() {
    return new WarehouseAddress(property(URL), property(USER), property(PASSWORD));
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  /**
   * Options for a JVM that shall know this address. The password is of a database that goes away.
   */
  public List<String> jvmOptions() {
    return List.of(
        "-D" + URL + "=" + url, "-D" + USER + "=" + user, "-D" + PASSWORD + "=" + password);
  }

  /** Settings for an engine with so many connections. */
  public WarehouseSettings settings(int connections) {
    return new WarehouseSettings(
        url, user, password, connections, Duration.ofSeconds(10), Duration.ZERO);
  }

  /** A connection of PostgreSQL's own driver. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }
}
