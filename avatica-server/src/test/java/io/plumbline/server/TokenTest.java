package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.TokenHash;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import io.plumbline.server.http.ServerSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by bearer token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenTest {

  private static final String ANAS = TokenHash.newToken();
  private static final String BOBS = TokenHash.newToken();
  private static final String EXPIRED = TokenHash.newToken();

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0), users());
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @AfterEach
  void restoreUsers() {
    test.replaceUsers(users());
  }

  private static Users users() {
    Instant past = Instant.now().minus(Duration.ofDays(1));
    return new Users(
        List.of(
            user("ana", token(ANAS, Optional.empty()), token(EXPIRED, Optional.of(past))),
            user("bob", token(BOBS, Optional.of(past.plus(Duration.ofDays(3)))))));
  }

  private static User user(String name, User.Token... tokens) {
    return new User(
        name,
        Optional.of(PasswordHash.of(name + "-pw")),
        Set.of("analyst"),
        Map.of(),
        List.of(tokens),
        Set.of());
  }

  private static User.Token token(String token, Optional<Instant> expires) {
    return new User.Token("of a test", TokenHash.of(token), expires);
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private Connection connect(String serialization, String token) throws SQLException {
    return connect(serialization, token, new Properties());
  }

  private Connection connect(String serialization, String token, Properties properties)
      throws SQLException {
    properties.setProperty("authentication", "BEARER");
    properties.setProperty("bearer_token", token);
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=" + test.server().url() + ";serialization=" + serialization,
        properties);
  }

  private String audited() throws Exception {
    new JsonCalls(test).open("ana", "ana-pw"); // what was noted before is durable with this
    return String.join("\n", test.audit().lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void theStockDriverLogsInByToken(String serialization) throws Exception {
    try (Connection connection = connect(serialization, BOBS);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = statement.executeQuery("select " + i)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i);
        }
      }
    }
    assertThat(audited())
        .contains("\"event\":\"logged_in\",\"user\":\"bob\"")
        .contains("\"method\":\"token\"")
        .doesNotContain(BOBS);
  }

  @Test
  void aTokenThatIsWrongOrExpiredIsRefusedAndAudited() throws Exception {
    for (String token : List.of("plumbline_guess", EXPIRED, "x y", TokenHash.of(ANAS).toString())) {
      String answer = new JsonCalls(test, bearer(token)).send("openConnection", Map.of()).body();
      assertThat(answer)
          .contains("\"sqlState\":\"28000\"")
          .contains("the token is not valid, or not any more")
          .contains("\"exceptions\":[]");
    }
    assertThatThrownBy(() -> connect("protobuf", "plumbline_guess"))
        .hasMessageContaining("the token is not valid");
    assertThat(audited())
        .contains("\"login_refused\",\"user\":\"\",\"address\":\"127.0.0.1\",\"method\":\"token\"")
        .doesNotContain("guess")
        .doesNotContain(EXPIRED);
  }

  @Test
  void aConnectionOpenedByTokenIsOfItsUserOnly() throws Exception {
    JsonCalls opened = new JsonCalls(test, bearer(ANAS));
    assertThat(opened.send("openConnection", Map.of()).statusCode()).isEqualTo(200);
    int statement = opened.createStatement();
    assertThat(opened.execute(statement, "select 1")).contains("\"rows\":[[1]]");
    for (String[] other : new String[][] {{}, bearer(BOBS)}) {
      JsonCalls thief = JsonCalls.over(test, opened.connection(), other);
      assertThat(thief.execute(statement, "select 1")).contains("the connection is not open");
      assertThat(thief.send("closeConnection", Map.of()).body()).contains("08003");
    }
    assertThat(opened.execute(statement, "select 2")).contains("\"rows\":[[2]]");
  }

  @Test
  void aTokenOfAnotherUserDoesNotReachAConnectionOpenedByPassword() throws Exception {
    JsonCalls opened = new JsonCalls(test);
    opened.open("ana", "ana-pw");
    int statement = opened.createStatement();
    assertThat(
            JsonCalls.over(test, opened.connection(), bearer(BOBS)).execute(statement, "select 1"))
        .contains("08003");
    assertThat(
            JsonCalls.over(test, opened.connection(), bearer("wrong"))
                .execute(statement, "select 1"))
        .contains("28000");
    assertThat(
            JsonCalls.over(test, opened.connection(), bearer(ANAS)).execute(statement, "select 1"))
        .contains("\"rows\":[[1]]");
  }

  @Test
  void aToolThatSendsTheNameOfTheUserSendsItsTokenWhenAsked() throws Exception {
    Properties named = new Properties();
    named.setProperty("user", "bob");
    connect("protobuf", BOBS, named).close();
    named.setProperty("user", "ana");
    assertThatThrownBy(() -> connect("protobuf", BOBS, named))
        .hasMessageContaining("the user of the connection is not the one of its token");
  }

  @Test
  void theUserOfTheConnectionMustBeTheOneOfTheToken() throws Exception {
    assertThat(new JsonCalls(test, bearer(ANAS)).open("bob", "bob-pw"))
        .contains("28000")
        .contains("the user of the connection is not the one of its token");
    assertThat(new JsonCalls(test, bearer(ANAS)).open("ana", "")).contains("openConnection");
  }

  @Test
  void aTokenThatWasTakenAwayEndsWhatItOpened() throws Exception {
    JsonCalls opened = new JsonCalls(test, bearer(ANAS));
    opened.send("openConnection", Map.of());
    int statement = opened.createStatement();
    test.replaceUsers(new Users(List.of(user("ana"))));
    assertThat(opened.execute(statement, "select 1")).contains("28000").doesNotContain("rows");
  }
}
