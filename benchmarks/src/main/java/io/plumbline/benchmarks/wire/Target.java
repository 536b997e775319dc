package io.plumbline.benchmarks.wire;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.ChildJvm;
import io.plumbline.benchmarks.WarehouseAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Something that answers SQL over JDBC.
 *
 * @param server its process, if it was started for the benchmark
 */
record Target(String name, String url, Properties login, Optional<ChildJvm> server) {

  /** PostgreSQL's own driver, without anything in between. */
  static Target direct(WarehouseAddress address) {
    return new Target(
        "pgjdbc", address.url(), login(address.user(), address.password()), Optional.empty());
  }

  /** This server, by one of its serializations. */
  static Target plumbline(ChildJvm server, String url, String serialization) {
    return new Target(
        "Plumbline, " + serialization,
        avatica(url, serialization),
        login(BenchmarkEngine.USER, ServedEngine.PASSWORD),
        Optional.of(server));
  }

  /** Avatica's own server, which speaks one serialization. */
  static Target stock(ChildJvm server, String serialization, WarehouseAddress address)
      throws IOException {
    return new Target(
        "stock Avatica, " + serialization,
        avatica(server.told("url"), serialization),
        login(address.user(), address.password()),
        Optional.of(server));
  }

  private static String avatica(String url, String serialization) {
    return "jdbc:avatica:remote:url=" + url + ";serialization=" + serialization;
  }

  private static Properties login(String user, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  boolean isDirect() {
    return server.isEmpty();
  }

  /** What its server has used so far; nothing if it was not started here. */
  Duration cpuOfServer() {
    return server.map(ChildJvm::cpu).orElse(Duration.ZERO);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login);
  }
}
