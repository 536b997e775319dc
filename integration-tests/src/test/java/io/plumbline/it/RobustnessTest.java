package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.StockDriver.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong at a client stays there: a clear error, and the server keeps serving. */
@ExtendWith(Companies.class)
class RobustnessTest {

  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final int MEGABYTE = 1 << 20;

  /** About half a million rows. */
  private static final String LONG_RESULT =
      "select a.user_id, b.feature, c.activity_date from golden.user_activity a"
          + " cross join golden.user_activity b cross join golden.user_activity c";

  private final RunningCompany company;

  RobustnessTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @AfterEach
  void keepsServing() throws SQLException {
    assertThat(decemberMrr()).isEqualTo("11113.333333");
  }

  private String decemberMrr() throws SQLException {
    try (Connection connection = company.connect("analyst")) {
      return firstCell(
          connection, "select aggregate(mrr) from metrics.revenue where month = date '2025-12-01'");
    }
  }

  private static String firstCell(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return Grid.read(result).rows().get(0).get(0);
    }
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void aWrongPasswordIsRefusedWithoutTellingWhichUsersExist(Serialization serialization) {
    String[] messages = new String[2];
    String[] users = {"analyst", "nobody"};
    for (int i = 0; i < users.length; i++) {
      Properties properties = new Properties();
      properties.setProperty("user", users[i]);
      properties.setProperty("password", "wrong");
      int index = i;
      assertThatThrownBy(
              () -> StockDriver.load("1.28.0").connect(company.url(), serialization, properties))
          .hasMessageContaining("28P01")
          .satisfies(e -> messages[index] = e.getMessage());
    }
    assertThat(messages[0]).doesNotContain("wrong").doesNotContain("\tat ");
    assertThat(messages[0].replace("analyst", "x")).isEqualTo(messages[1].replace("nobody", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; select 2",
        "select 1; drop table golden.accounts",
        "drop table golden.accounts",
        "truncate golden.accounts",
        "grant all on golden.accounts to public",
        "call x()",
        "copy golden.accounts to '/tmp/x'",
        "do $$ begin end $$",
        "set role postgres",
        "with gone as (delete from golden.accounts returning *) select * from gone",
      })
  void statementsThatAreNoSingleQueryAreRefused(String sql) throws SQLException {
    try (Connection connection = company.connect("admin");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).matches("42...|25006|0A000|22023");
                assertThat(e.getMessage())
                    .doesNotContain("\tat ", "org.postgresql", "io.plumbline.");
              });
      assertThat(firstCell(connection, "select count(*) from golden.accounts")).isEqualTo("14");
    }
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void tenMegabytesOfSqlAreRefused(Serialization serialization) throws SQLException {
    String sql = "select 1 -- " + "x".repeat(10 * MEGABYTE);
    try (Connection connection =
            company.connect(StockDriver.load("1.27.0"), serialization, "analyst", Map.of());
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .satisfies(e -> assertThat(e.toString().length()).isGreaterThan(10));
      assertThat(firstCell(connection, "select 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "case when true then ", "select * from (select 1 union "})
  void deeplyNestedSqlIsRefused(String opening) throws SQLException {
    try (Connection connection = company.connect("analyst");
        Statement statement = connection.createStatement()) {
      String sql = "select " + opening.repeat(20_000) + "1";
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
      assertThat(firstCell(connection, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void twoHundredMegabytesOfGarbageAreTurnedAway() throws IOException {
    URI uri = URI.create(company.url());
    byte[] garbage = new byte[MEGABYTE];
    new Random(1).nextBytes(garbage);
    long sent = 0;
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST / HTTP/1.1\r\nHost: plumbline\r\nContent-Length: " + 200L * MEGABYTE + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      while (sent < 200L * MEGABYTE) {
        out.write(garbage);
        sent += garbage.length;
      }
      InputStream in = socket.getInputStream();
      byte[] status = in.readNBytes(12);
      assertThat(new String(status, StandardCharsets.US_ASCII)).matches("HTTP/1.1 4..|");
    } catch (IOException closedByServer) {
      assertThat(sent).isLessThan(200L * MEGABYTE);
    }
  }

  @Test
  void garbageThatIsNoHttpIsTurnedAway() throws IOException {
    URI uri = URI.create(company.url());
    byte[] garbage = new byte[MEGABYTE];
    new Random(2).nextBytes(garbage);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      for (int i = 0; i < 200; i++) {
        socket.getOutputStream().write(garbage);
      }
    } catch (IOException closedByServer) {
      assertThat(closedByServer).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "{\"request\":\"drop\"}", "\u0000\u0001\u0002", "null", "[]"})
  void aBodyThatIsNoCallGetsAnErrorWithoutAStackTrace(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(company.url()))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isBetween(400, 500);
    assertThat(response.body())
        .doesNotContain("\tat ", "io.plumbline.", "org.apache.calcite.avatica.remote.Local");
  }

  @Test
  void anAbandonedResultIsGivenBack() throws Exception {
    decemberMrr();
    Baseline before = Baseline.of(company);
    abandon();
    before.await(company, RECOVERY);
  }

  /** Reads a little and goes away without closing anything, as a killed client does. */
  private void abandon() throws SQLException {
    Connection connection = company.connect("analyst");
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery(LONG_RESULT);
    assertThat(result.next()).isTrue();
    connection.close();
  }

  @Test
  void fiftyFailuresLeaveNothingBehind() throws Exception {
    failures();
    Baseline before = Baseline.of(company);
    for (int i = 0; i < 5; i++) {
      failures();
    }
    before.await(company, RECOVERY);
  }

  private void failures() throws SQLException {
    try (Connection connection = company.connect("analyst")) {
      for (String sql :
          new String[] {
            "select segmnt from metrics.revenue",
            "select avg(mrr) from metrics.revenue",
            "select 1 / 0",
            "drop table golden.accounts",
            "select cast(name as integer) from golden.accounts"
          }) {
        for (int i = 0; i < 2; i++) {
          try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
          }
        }
      }
    }
  }

  @Test
  void anotherUsersConnectionAndStatementAreNotReachable() throws Exception {
    try (Connection analyst = company.connect("analyst")) {
      assertThat(firstCell(analyst, "select 1")).isEqualTo("1");
      String body =
          "{\"request\":\"prepareAndExecute\",\"connectionId\":\"made-up\",\"statementId\":1,"
              + "\"sql\":\"select * from golden.accounts\",\"maxRowsInFirstFrame\":10,\"maxRowsTotal\":10}";
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(company.url()))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isBetween(400, 500);
      assertThat(response.body()).doesNotContain("Acme");
    }
  }
}
