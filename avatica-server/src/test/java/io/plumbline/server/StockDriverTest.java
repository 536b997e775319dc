package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.http.ServerSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements and their results, in both serializations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StockDriverTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void answersAStatement(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1 as one, 'two' as two")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("one")).isEqualTo(1);
      assertThat(rows.getString("two")).isEqualTo("two");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void manyClientsAtOnceAreServed() throws Exception {
    var threads = Executors.newFixedThreadPool(40);
    try {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String serialization = i % 2 == 0 ? "protobuf" : "json";
        sums.add(threads.submit(() -> sum(serialization)));
      }
      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(500_500);
      }
    } finally {
      threads.shutdown();
    }
  }

  private int sum(String serialization) throws SQLException {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from generate_series(1, 1000)")) {
      int sum = 0;
      while (rows.next()) {
        sum += rows.getInt(1);
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aStatementRunsAgainAndAgain(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 5; i++) {
        try (ResultSet rows = statement.executeQuery("select " + i)) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aPreparedStatementRunsWithOtherValues(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        PreparedStatement statement =
            connection.prepareStatement("select n from generate_series(1, ?) n where n > ?")) {
      for (int i = 1; i < 4; i++) {
        statement.setInt(1, 3000);
        statement.setInt(2, i);
        try (ResultSet rows = statement.executeQuery()) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          assertThat(count).isEqualTo(3000 - i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void maxRowsCutAResult(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(700);
      assertThat(count(statement, "select * from generate_series(1, 10000)")).isEqualTo(700);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void framesOfWideRowsComeInOrder(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select n, repeat('é', 100000) from generate_series(1, 60) n order by n")) {
      int expected = 1;
      while (rows.next()) {
        assertThat(rows.getInt(1)).isEqualTo(expected++);
        assertThat(rows.getString(2)).hasSize(100_000);
      }
      assertThat(expected).isEqualTo(61);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aMillionRowsStream(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select n, n::text || '-name', n * 1.25, date '2026-01-01' + n % 365,"
                    + " case when n % 2 = 0 then n end from generate_series(1, 1000000) n")) {
      long sum = 0;
      while (rows.next()) {
        sum += rows.getLong(1);
      }
      assertThat(sum).isEqualTo(1_000_000L * 1_000_001 / 2);
    }
    TestServer.await(java.time.Duration.ofSeconds(2), () -> test.busyInWarehouse() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void settingsComeWithTheConnectionAndWithSet(String serialization) throws Exception {
    Map<String, String> properties =
        Map.of("user", "ana", "password", "ana-pw", "TIME_ZONE", "Asia/Kolkata", "remarks", "1");
    try (Connection connection = test.connect(serialization, properties);
        Statement statement = connection.createStatement()) {
      assertThat(text(statement, "show time_zone")).isEqualTo("Asia/Kolkata");
      assertThat(statement.execute("set currency = 'EUR'")).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
      assertThat(text(statement, "show currency")).isEqualTo("EUR");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void unknownAndWrongPropertiesAreRefused(String serialization) {
    Map<String, String> login = Map.of("user", "ana", "password", "ana-pw");
    assertThatThrownBy(() -> test.connect(serialization, with(login, "curency", "EUR")))
        .hasMessageContaining("unknown connection property 'curency'; known are user")
        .satisfies(e -> assertThat(state(e)).isEqualTo("22023"));
    assertThatThrownBy(() -> test.connect(serialization, with(login, "time_zone", "nowhere")))
        .hasMessageContaining("no time zone 'nowhere'")
        .satisfies(e -> assertThat(state(e)).isEqualTo("22023"));
    assertThatThrownBy(() -> test.connect(serialization, with(login, "as_user", "bob")))
        .satisfies(e -> assertThat(state(e)).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void errorsCarryTheirSqlstateAndNoStackTrace(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("selec 1"))
          .hasMessageContaining("42601 at 1:1: bad SQL")
          .satisfies(e -> assertThat(state(e)).isEqualTo("42601"));
      assertThatThrownBy(() -> statement.executeQuery("select 1 / 0"))
          .satisfies(e -> assertThat(state(e)).isEqualTo("22012"));
      assertThatThrownBy(() -> statement.executeQuery("fail inside"))
          .hasMessageContaining("internal error, id ")
          .hasMessageNotContaining("secret")
          .satisfies(e -> assertThat(state(e)).isEqualTo("XX000"));
      assertThatThrownBy(() -> connection.prepareStatement("selec 1"))
          .satisfies(e -> assertThat(state(e)).isEqualTo("42601"));
      assertThat(text(statement, "select 'still here'")).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void anErrorAfterManyRowsReachesTheClient(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> count(statement, "select 1 / (20000 - n) from generate_series(1, 30000) n"))
          .satisfies(e -> assertThat(state(e)).isEqualTo("22012"));
      assertThat(text(statement, "select 'still here'")).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void batchesAndLongStatementsAreRefused(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement()) {
      statement.addBatch("insert into app.accounts values (1)");
      assertThatThrownBy(statement::executeBatch)
          .satisfies(e -> assertThat(state(e)).isEqualTo("25006"));
      assertThatThrownBy(() -> statement.executeQuery("select '" + "x".repeat(10 << 20) + "'"))
          .satisfies(e -> assertThat(state(e)).isEqualTo("54000"));
      assertThat(text(statement, "select 'still here'")).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aConnectionOnlyReads(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization)) {
      connection.setAutoCommit(false);
      connection.commit();
      connection.rollback();
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.isReadOnly()).isTrue();
      connection.setSchema("APP");
      assertThat(connection.getSchema()).isEqualTo("app");
      assertThat(connection.getMetaData().getNumericFunctions()).isEmpty();
    }
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new java.util.HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The SQLSTATE that the server gave, wherever the driver has put it. */
  static String state(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
      if (cause instanceof AvaticaClientRuntimeException remote) {
        return remote.getSqlState();
      }
    }
    return "";
  }
}
