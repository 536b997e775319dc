package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.http.PlumblineServer;
import io.plumbline.server.http.ServerSettings;
import io.plumbline.server.http.ServerStartException;
import io.plumbline.server.wire.Activity;
import io.plumbline.server.wire.WireLimits;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are slow, canceled, abandoned; connections that are left; start and stop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LifecycleTest {

  private static final WireLimits IMPATIENT = few(Duration.ofSeconds(4));

  /** Of everything little, and of time little but for results that nobody asks for. */
  private static WireLimits few(Duration resultIdle) {
    return new WireLimits(
        1_000_000,
        300,
        50,
        8,
        5_000,
        500,
        1 << 20,
        Duration.ofMillis(300),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        resultIdle,
        resultIdle.plusSeconds(2));
  }

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(17304).withLimits(IMPATIENT));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private static void waitIdle(TestServer test) throws Exception {
    TestServer.await(Duration.ofSeconds(15), () -> test.busyInWarehouse() == 0);
    TestServer.await(Duration.ofSeconds(5), () -> test.server().activity().running() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aSlowStatementIsAwaitedByPolling(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 7 from pg_sleep(1.5)")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(7);
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void slowRowsComeAsTheyAre(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select n from generate_series(1, 9000) n where n % 3000 > 0 or"
                    + " pg_sleep(0.7) is not null")) {
      int count = 0;
      while (rows.next()) {
        assertThat(rows.getInt(1)).isEqualTo(++count);
      }
      assertThat(count).isEqualTo(9000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"statement", "connection"})
  void closingFromAnotherThreadCancelsInTheWarehouse(String what) throws Exception {
    Connection connection = test.connect("protobuf");
    Statement statement = connection.createStatement();
    CompletableFuture<Object> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try (ResultSet rows = statement.executeQuery("select pg_sleep(60)")) {
                return rows.next();
              } catch (SQLException | RuntimeException e) {
                return e;
              }
            });
    TestServer.await(Duration.ofSeconds(5), () -> test.busyInWarehouse() == 1);
    Thread.sleep(500);
    if (what.equals("statement")) {
      statement.close();
    } else {
      connection.close();
    }
    TestServer.await(Duration.ofSeconds(1), () -> test.busyInWarehouse() == 0);
    assertThat(failure.get()).isInstanceOf(Exception.class);
    connection.close();
  }

  @Test
  void anAbandonedStatementIsReaped() throws Exception {
    int before = test.server().activity().connections();
    JsonCalls client = new JsonCalls(test);
    client.open("ana", "ana-pw");
    int statement = client.createStatement();
    String answer = client.execute(statement, "select pg_sleep(60)");
    assertThat(answer).contains("\"done\":false").contains("\"rows\":[]");
    assertThat(test.busyInWarehouse()).isEqualTo(1);
    waitIdle(test);
    assertThat(client.fetch(statement, 0)).contains("24000").contains("nobody asked");
    TestServer.await(
        Duration.ofSeconds(15), () -> test.server().activity().connections() == before);
  }

  @Test
  void aResultThatIsNotReadToItsEndIsDropped() throws Exception {
    try (Connection connection = test.connect("json");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from generate_series(1, 100000)")) {
      assertThat(rows.next()).isTrue();
      assertThat(test.busyInWarehouse()).isEqualTo(1);
      waitIdle(test);
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  rows.getInt(1);
                }
              })
          .hasMessageContaining("nobody asked for its rows");
    }
  }

  @Test
  void aKilledClientLeavesNothing() throws Exception {
    Activity before = test.server().activity();
    int threads = Thread.activeCount();
    Process client =
        ClientProcess.start(test.server().url(), "select * from generate_series(1, 9000000)");
    try {
      TestServer.await(Duration.ofSeconds(30), () -> test.server().activity().running() == 1);
      Thread.sleep(500);
      assertThat(test.busyInWarehouse()).isEqualTo(1);
    } finally {
      client.destroyForcibly().waitFor();
    }
    waitIdle(test);
    TestServer.await(
        Duration.ofSeconds(10),
        () -> test.server().activity().connections() <= before.connections());
    TestServer.await(Duration.ofSeconds(10), () -> Thread.activeCount() <= threads + 2);
  }

  /** PostgreSQL notices by itself, since nobody is left to cancel. */
  @Test
  void aKilledServerLeavesNothing() throws Exception {
    waitIdle(test);
    Process server = WarehouseProcess.start(test.postgres(), "select from pg_sleep(60)");
    try {
      TestServer.await(Duration.ofSeconds(30), () -> test.busyInWarehouse() == 1);
    } finally {
      server.destroyForcibly().waitFor();
    }
    waitIdle(test);
  }

  @Test
  void aConnectionWithoutCallsExpires() throws Exception {
    Connection connection = test.connect("protobuf");
    Statement statement = connection.createStatement();
    int sessions = test.openSessions();
    TestServer.await(Duration.ofSeconds(10), () -> test.openSessions() < sessions);
    assertThatThrownBy(() -> statement.executeQuery("select 1"))
        .hasMessageContaining("the connection is not open")
        .satisfies(e -> assertThat(StockDriverTest.state(e)).isEqualTo("08003"));
    java.util.Properties reconnect = new java.util.Properties();
    reconnect.putAll(
        java.util.Map.of("user", "ana", "password", "ana-pw", "transparent_reconnection", "true"));
    try (Connection again =
        java.sql.DriverManager.getConnection(
            "jdbc:avatica:remote:url=" + test.server().url(), reconnect)) {
      TestServer.await(Duration.ofSeconds(12), () -> test.server().activity().connections() == 0);
      try (Statement other = again.createStatement();
          ResultSet rows = other.executeQuery("select 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void whatIsTooMuchIsRefusedByName() throws Exception {
    WireLimits limits = few(Duration.ofMinutes(2));
    try (TestServer other = new TestServer(ServerSettings.loopback(0).withLimits(limits));
        Connection connection = other.connect("protobuf")) {
      List<Statement> open = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 51; i++) {
                  open.add(connection.createStatement());
                }
              })
          .hasMessageContaining("50 statements that were not closed");
      List<ResultSet> results = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (Statement statement : open) {
                  results.add(statement.executeQuery("select * from generate_series(1, 2000000)"));
                }
              })
          .satisfies(e -> assertThat(StockDriverTest.state(e)).isEqualTo("53300"));
    }
  }

  @Test
  void stoppingCancelsWhatRunsAndFreesThePort() throws Exception {
    TestServer other = new TestServer(ServerSettings.loopback(17305));
    try (Connection connection = other.connect("protobuf");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Object> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try (ResultSet rows = statement.executeQuery("select pg_sleep(60)")) {
                  return rows.next();
                } catch (SQLException | RuntimeException e) {
                  return e;
                }
              });
      TestServer.await(Duration.ofSeconds(5), () -> other.busyInWarehouse() == 1);
      long begun = System.nanoTime();
      other.server().close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      assertThat(answer.get()).isInstanceOf(Exception.class);
      assertThat(other.busyInWarehouse()).isZero();
      try (ServerSocket free = new ServerSocket(17305)) {
        assertThat(free.isBound()).isTrue();
      }
    } catch (SQLException closingAStoppedServer) {
      assertThat(closingAStoppedServer.getMessage()).contains("clos");
    } finally {
      other.close();
    }
  }

  @Test
  void aWarehouseThatIsGoneIsToldAndTheServerStays() throws Exception {
    try (TestServer other = new TestServer(ServerSettings.loopback(17309));
        Connection connection = other.connect("json");
        PreparedStatement statement = connection.prepareStatement("select 1")) {
      statement.executeQuery().close();
      other.postgres().close();
      assertThatThrownBy(statement::executeQuery)
          .satisfies(e -> assertThat(StockDriverTest.state(e)).matches("08.*|57.*"));
      assertThat(other.get("/health").statusCode()).isEqualTo(500);
      assertThat(other.get("/health").body()).contains("\"warehouse\":\"down\"");
      assertThat(other.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(other.server().activity().running()).isZero();
    }
  }

  @Test
  void aTakenPortIsNamed() {
    assertThatThrownBy(
            () ->
                PlumblineServer.start(
                    ServerSettings.loopback(test.server().port()),
                    (principal, settings) -> {
                      throw new IllegalStateException();
                    },
                    new io.plumbline.server.auth.Authenticator(
                        new io.plumbline.server.auth.Users(List.of())),
                    test.audit().log(),
                    () -> true))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("127.0.0.1:17304 can't be listened on")
        .hasMessageContaining("Choose another port");
  }

  @Test
  void aUserCanBeDisconnected() throws Exception {
    try (Connection connection =
        test.connect("protobuf", java.util.Map.of("user", "bob", "password", "bob-pw"))) {
      assertThat(test.server().disconnect("bob")).isEqualTo(1);
      assertThatThrownBy(connection::createStatement)
          .hasMessageContaining("the connection is not open");
    } catch (SQLException closingAClosedConnection) {
      assertThat(closingAClosedConnection.getMessage()).contains("clos");
    }
  }
}
