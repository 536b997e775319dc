package io.plumbline.it.containers;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.engine.warehouse.WarehouseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL in a container, with a demo company and a login that may only read it. */
final class PostgresContainer implements AutoCloseable {

  private static final int PORT = 5432;
  private static final String READER = "plumbline_reader";
  private static final String PASSWORD = "read-only";

  private final GenericContainer<?> container;

  private PostgresContainer(GenericContainer<?> container) {
    this.container = container;
  }

  /** The image to use; the build names one where it could make it. */
  static Optional<String> image() {
    return Optional.ofNullable(System.getenv("PLUMBLINE_POSTGRES_IMAGE"));
  }

  static PostgresContainer start(String image, DemoCompany company) throws SQLException {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forLogMessage(".*database system is ready to accept connections.*", 1)
                    .withStartupTimeout(Duration.ofMinutes(1)));
    container.start();
    PostgresContainer postgres = new PostgresContainer(container);
    try {
      postgres.load(company);
      return postgres;
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private void load(DemoCompany company) throws SQLException {
    try (Connection owner = DriverManager.getConnection(url(), "postgres", "");
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      company.load(owner, LoadOptions.SMALL, ProgressListener.SILENT);
      statement.execute("create role " + READER + " login password '" + PASSWORD + "'");
      for (String schema : company.schemas()) {
        statement.execute("grant usage on schema " + schema + " to " + READER);
        statement.execute("grant select on all tables in schema " + schema + " to " + READER);
      }
      owner.commit();
    }
  }

  private String url() {
    return "jdbc:postgresql://"
        + container.getHost()
        + ":"
        + container.getMappedPort(PORT)
        + "/postgres";
  }

  WarehouseSettings settings() {
    return WarehouseSettings.of(url(), READER, PASSWORD);
  }

  @Override
  public void close() {
    container.stop();
  }
}
