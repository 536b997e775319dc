package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.http.ServerSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and that nobody gets at what is somebody else's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecurityTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private static String[] basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new String[] {
      "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aWrongPasswordAndAnUnknownUserGetTheSameAnswer(String serialization) {
    for (String user : new String[] {"bob", "nobody-" + serialization}) {
      assertThatThrownBy(
              () -> test.connect(serialization, Map.of("user", user, "password", "wrong")))
          .hasMessageContaining("28P01: invalid user name or password")
          .satisfies(e -> assertThat(StockDriverTest.state(e)).isEqualTo("28P01"));
    }
  }

  @Test
  void noCredentialsAreRefused() throws Exception {
    HttpResponse<String> none =
        new JsonCalls(test).send("openConnection", new HashMap<>(Map.of("x", 1)));
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
    assertThat(none.body()).contains("\"sqlState\":\"28000\"").contains("\"exceptions\":[]");
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("info", null);
    assertThat(new JsonCalls(test).send("openConnection", nothing).statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> test.connect("protobuf", Map.of())).hasMessageContaining("401");
  }

  @Test
  void guessingIsSlowedDownButNotForThoseWhoAreIn() throws Exception {
    try (Connection connection =
        test.connect("json", Map.of("user", "bob", "password", "bob-pw"))) {
      for (int i = 0; i < 8; i++) {
        String body = new JsonCalls(test).open("bob", "guess" + i);
        assertThat(body).contains(i < 3 ? "28P01" : "280");
      }
      assertThat(new JsonCalls(test).open("bob", "another guess"))
          .contains("too many failed attempts");
      test.connect("json", Map.of("user", "bob", "password", "bob-pw")).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void basicAuthenticationWorksWithTheStockDriver(String serialization) throws Exception {
    String url =
        "jdbc:avatica:remote:url="
            + test.server().url()
            + ";serialization="
            + serialization
            + ";authentication=BASIC;avatica_user=ana;avatica_password=";
    try (Connection connection = DriverManager.getConnection(url + "ana-pw", new Properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1")) {
      assertThat(rows.next()).isTrue();
    }
    assertThatThrownBy(() -> DriverManager.getConnection(url + "wrong", new Properties()))
        .hasMessageContaining("invalid user name or password");
  }

  @Test
  void aConnectionOpenedWithBasicNeedsItOnEveryCall() throws Exception {
    JsonCalls opened = new JsonCalls(test, basic("ana", "ana-pw"));
    assertThat(opened.send("openConnection", Map.of()).statusCode()).isEqualTo(200);
    int statement = opened.createStatement();
    assertThat(opened.execute(statement, "select 1")).contains("\"rows\":[[1]]");

    for (String[] other : new String[][] {{}, basic("bob", "bob-pw")}) {
      JsonCalls thief = JsonCalls.over(test, opened.connection(), other);
      assertThat(thief.execute(statement, "select 1")).contains("the connection is not open");
      assertThat(thief.fetch(statement, 0)).contains("08003").doesNotContain("rows");
      assertThat(thief.send("closeConnection", Map.of()).body()).contains("08003");
    }
    assertThat(opened.execute(statement, "select 2")).contains("\"rows\":[[2]]");
    assertThat(
            JsonCalls.over(test, opened.connection(), basic("ana", "not-ana-pw"))
                .execute(statement, "select 1"))
        .contains("28P01");
  }

  @Test
  void theUserOfTheConnectionMustBeTheOneOfBasic() throws Exception {
    assertThat(new JsonCalls(test, basic("ana", "ana-pw")).open("bob", "bob-pw")).contains("28000");
  }

  @Test
  void aStatementOfAnotherConnectionIsNotThere() throws Exception {
    JsonCalls ana = new JsonCalls(test);
    ana.open("ana", "ana-pw");
    int statement = ana.createStatement();
    assertThat(ana.execute(statement, "select 'mine' from generate_series(1, 2000)"))
        .contains("mine");

    JsonCalls thief = new JsonCalls(test);
    thief.open("ana", "ana-pw");
    assertThat(thief.fetch(statement, 500)).contains("\"missingStatement\":true");
    assertThat(thief.execute(statement, "select 1")).contains("\"missingStatement\":true");
    thief.send("closeStatement", Map.of("statementId", statement));
    assertThat(JsonCalls.over(test, "invented").fetch(statement, 500)).contains("08003");
    assertThat(ana.fetch(statement, 500)).contains("mine").contains("\"offset\":500");
  }

  @Test
  void rowsAreNeverSkippedSilently() throws Exception {
    JsonCalls client = new JsonCalls(test);
    client.open("ana", "ana-pw");
    int statement = client.createStatement();
    client.execute(statement, "select * from generate_series(1, 2000)");
    assertThat(client.fetch(statement, 0)).contains("24000").contains("next is row 500");
  }

  @Test
  void aSecondConnectionOfTheSameIdIsRefused() throws Exception {
    JsonCalls first = new JsonCalls(test);
    first.open("ana", "ana-pw");
    assertThat(JsonCalls.over(test, first.connection()).open("bob", "bob-pw")).contains("08002");
    assertThat(first.execute(first.createStatement(), "select 3")).contains("[[3]]");
  }

  @Test
  void statementNumbersCannotBeGuessed() throws Exception {
    JsonCalls client = new JsonCalls(test);
    client.open("ana", "ana-pw");
    int first = client.createStatement();
    int second = client.createStatement();
    assertThat(Math.abs((long) first - second)).isGreaterThan(10);
  }

  @Test
  void noErrorCarriesAStackTrace() throws Exception {
    JsonCalls client = new JsonCalls(test);
    client.open("ana", "ana-pw");
    int statement = client.createStatement();
    for (String sql : new String[] {"fail inside", "selec 1", "select 1/0"}) {
      assertThat(client.execute(statement, sql))
          .contains("\"exceptions\":[]")
          .contains("\"response\":\"error\"")
          .doesNotContain("io.plumbline")
          .doesNotContain("\\tat ")
          .doesNotContain("secret");
    }
    ProtobufTranslationImpl protobuf = new ProtobufTranslationImpl();
    byte[] request =
        protobuf.serializeRequest(
            new Service.PrepareAndExecuteRequest(client.connection(), statement, "fail inside", 1));
    byte[] answer = test.postBytes(request);
    assertThat(new String(answer, StandardCharsets.ISO_8859_1))
        .contains("internal error, id")
        .doesNotContain("io.plumbline")
        .doesNotContain("secret");
    Service.ErrorResponse error = (Service.ErrorResponse) protobuf.parseResponse(answer);
    assertThat(error.exceptions).isEmpty();
    assertThat(error.sqlState).isEqualTo("XX000");
  }

  @Test
  void classesNamedByAClientAreNotLoaded() throws Exception {
    JsonCalls client = new JsonCalls(test);
    client.open("ana", "ana-pw");
    String body =
        "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\""
            + client.connection()
            + "\",\"id\":1,\"signature\":{\"cursorFactory\":{\"style\":\"RECORD\",\"clazz\":"
            + "\"no.such.Class\"}}},\"parameterValues\":[],\"maxRowCount\":1}";
    assertThat(test.post(body).body()).contains("missingStatement\":true");
  }
}
