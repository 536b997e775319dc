package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** {@code KILL}: statements are ended by those who asked, and by those whom the policy lets. */
@TestInstance(Lifecycle.PER_CLASS)
class KillTest {

  private static final String ENDLESS = "select count(*) from generate_series(1, 100000000000)";

  @TempDir static Path folder;

  private final DemoCompany company = new GoldenCompany();
  private final EmbeddedWarehouse postgres = EmbeddedWarehouse.start(Optional.empty());
  private DemoServer server;

  @BeforeAll
  void start() throws SQLException {
    company.loadInto(postgres, LoadOptions.SMALL, ProgressListener.SILENT);
    server = DemoServer.start(company, postgres, 0, Optional.of(folder));
  }

  @AfterAll
  void stop() {
    server.close();
    postgres.close();
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), user, user);
  }

  private String value(String user, String sql) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private void kill(String user, String query) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      statement.execute("kill " + query);
    }
  }

  private CompletableFuture<String> asked(String user, String sql) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return value(user, sql);
          } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
          }
        });
  }

  /** The number of the statement of a user that runs. */
  private String running(String user) throws SQLException {
    String sql =
        "select query_id from analytics.query_audit_log where outcome = 'unfinished'"
            + " and user_id = '"
            + user
            + "'";
    String found = value("admin", sql);
    for (int tries = 0; tries < 200 && found.isEmpty(); tries++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      found = value("admin", sql);
    }
    return found;
  }

  private String outcome(String query) throws SQLException {
    return value(
        "admin", "select outcome from analytics.query_audit_log where query_id = " + query);
  }

  @Test
  void anAdministratorEndsAStatementOfAnother() throws Exception {
    CompletableFuture<String> answer = asked("finance", ENDLESS);
    String query = running("finance");
    assertThatThrownBy(() -> kill("pm", query)).hasMessageContaining("that you may end");
    assertThat(answer).isNotDone();
    kill("admin", query);
    assertThat(answer.get()).startsWith("57014").contains("canceled");
    assertThat(outcome(query)).isEqualTo("canceled");
    assertThatThrownBy(() -> kill("admin", query))
        .hasMessageContaining("no statement " + query + " runs that you may end");
  }

  @Test
  void everyoneEndsTheirOwn() throws Exception {
    CompletableFuture<String> answer = asked("analyst", ENDLESS);
    kill("analyst", "query " + running("analyst"));
    assertThat(answer.get()).startsWith("57014");
  }

  @Test
  void aResultThatIsHalfReadGivesBackItsConnection() throws Exception {
    try (Connection connection = connect("compliance");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from generate_series(1, 1000000)")) {
      assertThat(rows.next()).isTrue();
      String query = running("compliance");
      kill("admin", query);
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  rows.getInt(1);
                }
              })
          .hasMessageContaining("57014");
      assertThat(outcome(query)).isEqualTo("canceled");
    }
  }

  @Test
  void aNumberIsAskedFor() {
    assertThatThrownBy(() -> kill("admin", "everything"))
        .hasMessageContaining("write KILL and a query_id of analytics.query_audit_log");
  }
}
