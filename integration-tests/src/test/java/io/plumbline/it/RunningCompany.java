package io.plumbline.it;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.it.StockDriver.Serialization;
import io.plumbline.server.wire.Activity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A demo company in its PostgreSQL, behind a server of this process. The system property {@code
 * tests.keep} names a folder for the data of a run with one company, so that the next need not load
 * them.
 */
public final class RunningCompany implements AutoCloseable {

  private final DemoCompany company;
  private final EmbeddedWarehouse warehouse;
  private final ServerUnderTest server;
  private final StockDriver driver = StockDriver.load("1.28.0");

  private RunningCompany(DemoCompany company, EmbeddedWarehouse warehouse, ServerUnderTest server) {
    this.company = company;
    this.warehouse = warehouse;
    this.server = server;
  }

  /** The company of a size that the build chooses, see {@link #scale}. */
  static RunningCompany start(String name) {
    return start(name, LoadOptions.SMALL.withScale(scale()));
  }

  /** The size of generated companies: small, or whole in the profile {@code scale1}. */
  static double scale() {
    return Double.parseDouble(
        System.getProperty("tests.scale", String.valueOf(LoadOptions.SMALL.scale())));
  }

  static RunningCompany start(String name, LoadOptions options) {
    DemoCompany company = DemoCompany.named(name);
    EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            Optional.ofNullable(System.getProperty("tests.keep")).map(Path::of));
    try {
      company.loadInto(warehouse, options, ProgressListener.SILENT);
      return new RunningCompany(company, warehouse, ServerUnderTest.start(company, warehouse));
    } catch (SQLException | RuntimeException e) {
      warehouse.close();
      throw new IllegalStateException("The company " + name + " does not start", e);
    }
  }

  String name() {
    return company.name();
  }

  String url() {
    return server.url();
  }

  EmbeddedWarehouse warehouse() {
    return warehouse;
  }

  /** What clients hold on the server right now. */
  Activity activity() {
    return server.activity();
  }

  /** A connection of a demo user, whose password is its name. */
  public Connection connect(String user) throws SQLException {
    return connect(user, Map.of());
  }

  Connection connect(String user, Map<String, String> settings) throws SQLException {
    return connect(driver, Serialization.PROTOBUF, user, settings);
  }

  Connection connect(
      StockDriver stock, Serialization serialization, String user, Map<String, String> settings)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", user);
    properties.putAll(settings);
    return stock.connect(url(), serialization, properties);
  }

  /**
   * A connection to the warehouse itself, past the server, with the reference functions of {@code
   * reference/} in its temporary schema.
   */
  Connection reference() throws SQLException {
    return reference(warehouse, name());
  }

  static Connection reference(EmbeddedWarehouse warehouse, String company) throws SQLException {
    Connection connection = warehouse.owner();
    try (Statement statement = connection.createStatement()) {
      statement.execute(resource("/reference/" + company + ".sql"));
      statement.execute(resource("/reference/revenue.sql"));
      statement.execute(resource("/reference/movements.sql"));
    }
    return connection;
  }

  static String resource(String path) {
    try (InputStream stream = RunningCompany.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException("No resource " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    warehouse.close();
  }
}
