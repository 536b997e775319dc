package io.plumbline.server;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import io.plumbline.server.auth.Authenticator;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.wire.SessionFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.postgresql.ds.PGSimpleDataSource;

/** A server over an embedded PostgreSQL, and the clients to talk to it. */
public final class TestServer implements AutoCloseable {

  private final EmbeddedWarehouse postgres;
  private final Warehouse warehouse;
  private final TemporaryAudit audit = TemporaryAudit.open();
  private final Authenticator authenticator;
  private final PlumblineServer server;
  private final AtomicInteger openSessions = new AtomicInteger();

  public TestServer(ServerSettings settings) {
    this(settings, users());
  }

  public TestServer(ServerSettings settings, Users users) {
    this.authenticator = new Authenticator(users);
    this.postgres = EmbeddedWarehouse.start(Optional.empty());
    try {
      createTables();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.warehouse =
        Warehouse.open(
            WarehouseSettings.of(
                postgres.jdbcUrl(), postgres.readerUser(), postgres.readerPassword()),
            new JavaTypeFactoryImpl(new PlumblineTypeSystem()));
    PGSimpleDataSource describe = new PGSimpleDataSource();
    describe.setUrl(postgres.jdbcUrl());
    describe.setUser(postgres.readerUser());
    describe.setPassword(postgres.readerPassword());
    BooleanSupplier alive = () -> answers(describe);
    this.server =
        PlumblineServer.start(
            settings,
            SessionFactory.of(
                principal -> {
                  openSessions.incrementAndGet();
                  return new PostgresSession(
                      principal, warehouse, describe, openSessions::decrementAndGet);
                }),
            authenticator,
            audit.log(),
            alive);
  }

  private static Users users() {
    return new Users(
        List.of(
            new User("ana", PasswordHash.of("ana-pw"), Set.of("analyst"), Map.of()),
            new User("bob", PasswordHash.of("bob-pw"), Set.of("pm"), Map.of())));
  }

  private void createTables() throws SQLException {
    try (Connection owner = postgres.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema app");
      statement.execute("create schema app_two");
      statement.execute(
          "create table app.accounts (id bigint not null, name text, mrr numeric(12,2), born date)");
      statement.execute("create table app.account_notes (id integer not null, note text)");
      statement.execute("create table app_two.plans (code text)");
    }
    postgres.publish(List.of("app", "app_two"));
  }

  private static boolean answers(PGSimpleDataSource source) {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  public PlumblineServer server() {
    return server;
  }

  /** Who may log in from now on. */
  public void replaceUsers(Users users) {
    authenticator.replaceUsers(users);
  }

  /** What the server has audited. */
  public TemporaryAudit audit() {
    return audit;
  }

  public EmbeddedWarehouse postgres() {
    return postgres;
  }

  public int openSessions() {
    return openSessions.get();
  }

  /** A connection of ana with the stock driver. */
  public Connection connect(String serialization) throws SQLException {
    return connect(serialization, Map.of("user", "ana", "password", "ana-pw"));
  }

  public Connection connect(String serialization, Map<String, String> properties)
      throws SQLException {
    Properties info = new Properties();
    info.putAll(properties);
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=" + server.url() + ";serialization=" + serialization, info);
  }

  /** Posts a body as it is. */
  public HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url()))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts bytes as they are. */
  public byte[] postBytes(byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  public HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Statements that the server has running in PostgreSQL, or transactions that it holds there. */
  public int busyInWarehouse() throws SQLException {
    try (Connection reader = postgres.reader();
        Statement statement = reader.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name = 'plumbline'"
                    + " and state <> 'idle'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Waits until a condition holds. */
  public static void await(Duration atMost, java.util.concurrent.Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not so after " + atMost);
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    server.close();
    warehouse.close();
    postgres.close();
    audit.close();
  }
}
