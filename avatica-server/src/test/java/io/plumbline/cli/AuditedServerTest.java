package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.GoldenCompany;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import io.plumbline.server.audit.AuditVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class AuditedServerTest {

  private static final String MRR =
      "select aggregate(mrr) from metrics.revenue where month = date '2025-06-01'";

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

  private List<String> rows(String user, String sql) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", row));
      }
      return found;
    }
  }

  /** A statement is told as ended a moment after its client has got the last rows. */
  private String last(String reader, String columns, String user) throws SQLException {
    String newest =
        " from analytics.query_audit_log where user_id = '" + user + "' order by query_id desc";
    String unfinished = "select outcome = 'unfinished'" + newest + " limit 1";
    for (int tries = 0; tries < 100 && rows(reader, unfinished).contains("true"); tries++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    List<String> found = rows(reader, "select " + columns + newest + " limit 1");
    return found.isEmpty() ? "" : found.get(0);
  }

  @Test
  void aStatementIsToldWithWhatItTouchedAndHowItEnded() throws SQLException {
    rows("finance", MRR);
    assertThat(last("admin", "user_role, outcome, sqlstate, result_rows, used_template", "finance"))
        .isEqualTo("finance|completed|null|1|false");
    assertThat(last("admin", "tables, tagged_columns, classifications, access_audit", "finance"))
        .contains("metrics.revenue")
        .contains("golden.subscription_intervals")
        .endsWith("|subscription_intervals.mrr|FINANCIAL|true");
    assertThat(last("admin", "query_duration_seconds > 0, client_address", "finance"))
        .isEqualTo("true|127.0.0.1");
  }

  @Test
  void anAdopterIsCountedByTheQueryOfTheBoard() throws SQLException {
    rows("pm", MRR);
    rows("pm", MRR);
    String adoption =
        """
        SELECT
        DATE_TRUNC('week', query_timestamp) AS week,
        COUNT(DISTINCT user_id) AS unique_pms_querying,
        COUNT(*) AS total_queries,
        ROUND(AVG(query_duration_seconds), 1) AS avg_query_time,
        COUNT(CASE WHEN used_template = true THEN 1 END) AS template_queries,
        COUNT(CASE WHEN used_template = false THEN 1 END) AS custom_queries
        FROM analytics.query_audit_log
        WHERE user_role = 'pm'
        AND query_timestamp >= CURRENT_DATE - INTERVAL '12' WEEK
        GROUP BY 1
        ORDER BY 1
        """;
    List<String> weeks = rows("admin", adoption);
    assertThat(weeks).hasSize(1);
    String[] week = weeks.get(0).split("\\|");
    assertThat(week[1]).isEqualTo("1");
    assertThat(Integer.parseInt(week[2]))
        .isGreaterThanOrEqualTo(2)
        .isEqualTo(Integer.parseInt(week[5]));
    assertThat(week[4]).isEqualTo("0");
  }

  @Test
  void aTemplateIsToldByItsName() throws SQLException {
    rows("cs_manager", "select * from table(templates.account_lookup('Kappa'))");
    assertThat(last("admin", "used_template, template_name, outcome, tables", "cs_manager"))
        .isEqualTo("true|account_lookup|completed|golden.accounts");
    rows("cs_manager", "select count(*) from golden.accounts");
    assertThat(last("admin", "used_template, template_name", "cs_manager")).isEqualTo("false|null");
  }

  @Test
  void explainIsToldWithWhatTheQueryWouldTouch() throws SQLException {
    rows("analyst", "explain select user_id from golden.nps_users where account_id = 'A01'");
    assertThat(last("admin", "outcome, tables, tagged_columns, policies", "analyst"))
        .isEqualTo(
            "completed|golden.nps_users|golden.nps_users.user_id|masked: golden.nps_users.user_id");
  }

  @Test
  void whoMayNotActForOthersIsARecord() throws Exception {
    for (String[] pair : new String[][] {{"analyst", "admin"}, {"bi_server", "nobody"}}) {
      Properties properties = new Properties();
      properties.putAll(Map.of("user", pair[0], "password", pair[0], "as_user", pair[1]));
      assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), properties))
          .hasMessageContaining("act for");
    }
    rows("admin", "select 1");
    String refused = "\"login_refused\",\"user\":\"%s\",\"address\":\"127.0.0.1\",%s";
    assertThat(log())
        .contains(refused.formatted("analyst", "\"method\":\"as_user\",\"sqlState\":\"42501\""))
        .contains(refused.formatted("bi_server", "\"method\":\"as_user\",\"sqlState\":\"28000\""));
  }

  @Test
  void aMaskedColumnIsToldWithItsPolicy() throws SQLException {
    rows("analyst", "select user_id from golden.nps_users where account_id = 'A01'");
    assertThat(last("compliance", "tagged_columns, policies, access_audit", "analyst"))
        .isEqualTo("golden.nps_users.user_id|masked: golden.nps_users.user_id|false");
    rows("analyst", "select account_id from golden.nps_users");
    assertThat(last("compliance", "tagged_columns", "analyst")).isEqualTo("null");
  }

  @Test
  void everyoneSeesTheirOwnStatementsOnly() throws SQLException {
    rows("compliance", "select 'of compliance'");
    rows("analyst", "select 'of the analyst'");
    assertThat(rows("analyst", "select distinct user_id from analytics.query_audit_log"))
        .containsExactly("analyst");
    assertThat(last("analyst", "sql_text", "compliance")).isEmpty();
    assertThat(rows("analyst", "select sql_text from analytics.query_audit_log"))
        .contains("select 'of the analyst'");
  }

  @Test
  void literalsOfOthersAreNotShown() throws SQLException {
    rows(
        "compliance", "select count(*) from golden.nps_users where user_id = 'somebody' -- hidden");
    assertThat(last("admin", "sql_text", "compliance"))
        .isEqualTo("select count(*) from golden.nps_users where user_id = ?  ");
  }

  @Test
  void aRefusedStatementIsARecordToo() throws SQLException {
    assertThatThrownBy(() -> rows("pm", "select * from stripe.customers"))
        .hasMessageContaining("42P01");
    assertThat(last("admin", "outcome, sqlstate, result_rows, sql_text", "pm"))
        .isEqualTo("refused|42P01|0|select * from stripe.customers");
    assertThatThrownBy(
            () -> rows("finance", "select 1 / (count(*) - count(*)) from golden.accounts"))
        .hasMessageContaining("22012");
    assertThat(last("admin", "outcome, sqlstate", "finance")).isEqualTo("failed|22012");
  }

  @Test
  void aPreparedStatementIsARecordForEachRun() throws SQLException {
    try (Connection connection = connect("cs_manager");
        PreparedStatement statement =
            connection.prepareStatement("select count(*) from golden.accounts where segment = ?")) {
      for (String segment : List.of("SMB", "Enterprise", "Mid-Market")) {
        statement.setString(1, segment);
        statement.executeQuery().close();
      }
    }
    assertThat(
            rows(
                "cs_manager",
                "select policies, count(*) from analytics.query_audit_log"
                    + " where sql_text like '%segment = ?' group by policies"))
        .containsExactly("own portfolio|3");
  }

  @Test
  void theLogJoinsWithTablesAndTakesParameters() throws SQLException {
    rows("analyst", MRR);
    try (Connection connection = connect("analyst");
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) > 0 from analytics.query_audit_log as l"
                    + " join golden.accounts as a on a.account_id = ?"
                    + " where l.user_id = ? and l.query_timestamp > ?")) {
      statement.setString(1, "A01");
      statement.setString(2, "analyst");
      statement.setTimestamp(3, java.sql.Timestamp.valueOf("2020-01-01 00:00:00"));
      ResultSet rows = statement.executeQuery();
      rows.next();
      assertThat(rows.getBoolean(1)).isTrue();
    }
  }

  @Test
  void metadataDescribesTheLog() throws SQLException {
    try (Connection connection = connect("pm");
        ResultSet columns =
            connection.getMetaData().getColumns(null, "analytics", "query_audit_log", "user_id")) {
      columns.next();
      assertThat(columns.getString("REMARKS")).isEqualTo("Name of the user whose rights counted.");
    }
  }

  @Test
  void loginsAndFailedLoginsAreRecordsAndTheChainHolds() throws Exception {
    connect("finance_admin").close();
    assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "finance", "guess"))
        .hasMessageContaining("28P01");
    rows("admin", "select 1");
    assertThat(log())
        .contains("\"event\":\"server_started\"")
        .contains(
            "\"event\":\"logged_in\",\"user\":\"finance_admin\",\"roles\":[\"finance_admin\"]")
        .contains("\"event\":\"login_refused\",\"user\":\"finance\",\"address\":\"127.0.0.1\"")
        .doesNotContain("guess");
    assertThat(AuditVerification.of(folder.resolve("audit"), Optional.empty()).broken()).isEmpty();
  }

  private static String log() throws IOException {
    try (var files = Files.list(folder.resolve("audit"))) {
      return Files.readString(
          files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow());
    }
  }

  @Test
  void theKeyOfMasksOutlivesTheServer() throws Exception {
    assertThat(DemoState.in(Optional.of(folder)).maskKey())
        .isEqualTo(DemoState.in(Optional.of(folder)).maskKey());
  }
}
