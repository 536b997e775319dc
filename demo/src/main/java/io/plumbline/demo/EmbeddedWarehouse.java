package io.plumbline.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real PostgreSQL of our own, listening on the loopback interface only.
 *
 * <p>Three logins exist, each with a password: the superuser (never handed out), {@link #OWNER} who
 * loads data, and {@link #READER} who may only read what was published by {@link #publish}.
 */
public final class EmbeddedWarehouse implements AutoCloseable {
  /** The login that owns schemas and loads them. */
  public static final String OWNER = "plumbline_owner";

  /** The login for queries: read-only transactions, SELECT on published schemas, nothing else. */
  public static final String READER = "plumbline_reader";

  static final String DATABASE = "plumbline";

  private final EmbeddedPostgres server;
  private final DataHome home;
  private final Runnable afterStop;
  private final Secrets secrets;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread shutdownHook;

  private EmbeddedWarehouse(
      EmbeddedPostgres server, DataHome home, Runnable afterStop, Secrets secrets) {
    this.server = server;
    this.home = home;
    this.afterStop = afterStop;
    this.secrets = secrets;
    this.shutdownHook = new Thread(this::stop, "embedded-warehouse-shutdown");
  }

  /**
   * Starts the server.
   *
   * @param home a folder whose data is kept and reused, or empty for data that vanish on close
   * @throws DemoException if the folder is in use or the server does not start
   */
  public static EmbeddedWarehouse start(Optional<Path> home) {
    return home.isPresent() ? startKept(home.get()) : startTemporary();
  }

  private static EmbeddedWarehouse startTemporary() {
    Path folder = TemporaryHomes.ofThisUser().create();
    Secrets secrets = Secrets.random();
    DataHome home = DataHome.open(folder);
    return launch(
        ServerSettings.temporary(home.data()), home, () -> TemporaryHomes.delete(folder), secrets);
  }

  private static EmbeddedWarehouse startKept(Path folder) {
    DataHome home = DataHome.open(folder);
    try {
      home.stopOrphan();
      Secrets secrets = home.secrets();
      return launch(ServerSettings.kept(home.data(), secrets.superuser()), home, () -> {}, secrets);
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  private static EmbeddedWarehouse launch(
      EmbeddedPostgres.Builder settings, DataHome home, Runnable afterStop, Secrets secrets) {
    EmbeddedPostgres server;
    try {
      server =
          RootWithoutNamespaces.applies()
              ? RootWithoutNamespaces.start(settings)
              : settings.start();
    } catch (IOException | RuntimeException e) {
      throw new DemoException(
          "The embedded PostgreSQL does not start: "
              + e.getMessage()
              + ". Give an external one by its URL instead.",
          e);
    }
    EmbeddedWarehouse warehouse = new EmbeddedWarehouse(server, home, afterStop, secrets);
    try {
      new Logins(server, secrets).prepare();
      Runtime.getRuntime().addShutdownHook(warehouse.shutdownHook);
      return warehouse;
    } catch (SQLException | IOException | RuntimeException e) {
      warehouse.stop();
      throw new DemoException("The embedded PostgreSQL can't be prepared: " + e.getMessage(), e);
    }
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + DATABASE;
  }

  public int port() {
    return server.getPort();
  }

  public String readerUser() {
    return READER;
  }

  public String readerPassword() {
    return secrets.reader();
  }

  public String ownerUser() {
    return OWNER;
  }

  public String ownerPassword() {
    return secrets.owner();
  }

  /** A new connection of the owner, for loading. */
  public Connection owner() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), OWNER, secrets.owner());
  }

  /** A new connection of the reader, as queries see the data. */
  public Connection reader() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), READER, secrets.reader());
  }

  /** Lets the reader read every table of these schemas, those to come as well. */
  public void publish(List<String> schemas) throws SQLException {
    try (Connection connection = owner();
        var statement = connection.createStatement()) {
      for (String schema : schemas) {
        String name = statement.enquoteIdentifier(schema, true);
        statement.execute("grant usage on schema " + name + " to " + READER);
        statement.execute("grant select on all tables in schema " + name + " to " + READER);
        statement.execute(
            "alter default privileges in schema " + name + " grant select on tables to " + READER);
      }
    }
  }

  /** Stops the server; temporary data are deleted, kept data stay. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook runs right now; it finds the server stopped.
    }
  }

  private void stop() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new DemoException("The embedded PostgreSQL does not stop: " + e.getMessage(), e);
    } finally {
      home.close();
      afterStop.run();
    }
  }
}
