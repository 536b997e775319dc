package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A customer's administrator sees nothing but its own workspace: whatever the others have is taken
 * out of the warehouse, and no answer changes. Asked are all columns of every table, every metric
 * and dimension of every semantic table, every view and everything of the catalog that the
 * administrator may name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedAnalyticsTest {

  private static final String TENANT = "tenant_admin";
  private static final String GROWS_WITH_EVERY_QUESTION = "query_audit_log";
  private static final int METRICS_AT_ONCE = 8;
  private static final String RANGE = "month >= date '2025-12-01'";

  private static final String WORKSPACE = "workspace_id is distinct from 1001";
  private static final String ACCOUNT =
      "account_id is distinct from"
          + " (select account_id from app.workspaces where workspace_id = 1001)";
  private static final String CUSTOMER =
      "(select stripe_customer_id from app.accounts where account_id ="
          + " (select account_id from app.workspaces where workspace_id = 1001))";

  /** What is not the tenant's, children before those that they belong to; the rest is shared. */
  private static final List<String> OTHERS =
      List.of(
          "app.nps_responses where user_id is null or user_id not in"
              + " (select user_id from app.users where workspace_id = 1001)",
          "app.experiment_assignments where " + WORKSPACE,
          "app.events where " + WORKSPACE,
          "app.usage_daily where " + WORKSPACE,
          "app.user_activity_daily where " + WORKSPACE,
          "app.subscription_events where " + WORKSPACE,
          "app.subscriptions where " + WORKSPACE,
          "app.users where " + WORKSPACE,
          "app.invoices where " + ACCOUNT,
          "app.account_segment_history where " + ACCOUNT,
          "zendesk.support_tickets where " + WORKSPACE,
          "ml.churn_scores_daily where " + WORKSPACE,
          "stripe.refunds where charge is null or charge not in"
              + " (select id from stripe.charges where customer = "
              + CUSTOMER
              + ")",
          "stripe.charges where customer is distinct from " + CUSTOMER,
          "stripe.credit_notes where customer is distinct from " + CUSTOMER,
          "stripe.invoice_line_items where invoice_id is null or invoice_id not in"
              + " (select id from stripe.invoices where customer = "
              + CUSTOMER
              + ")",
          "stripe.invoices where customer is distinct from " + CUSTOMER,
          "stripe.subscription_items where subscription is null or subscription not in"
              + " (select id from stripe.subscriptions where customer = "
              + CUSTOMER
              + ")",
          "stripe.subscriptions where customer is distinct from " + CUSTOMER,
          "stripe.customers where id is distinct from " + CUSTOMER,
          "app.accounts where " + ACCOUNT,
          "app.workspaces where " + WORKSPACE,
          "stripe.events",
          "salesforce.accounts",
          "salesforce.opportunities",
          "salesforce.users",
          "aws.cost_and_usage",
          "finance.costs_monthly",
          "finance.arr_reported",
          "cs.team_members",
          "cs.account_assignments",
          "cs.health_scores",
          "cs.indicators",
          "cs.tasks",
          "cs.messages",
          "ops.sync_runs",
          "truth.subscription_intervals",
          "truth.metric_values",
          "truth.injected_dirt");

  private final RunningCompany company = RunningCompany.start("cloudflow");
  private final Map<String, String> before = new LinkedHashMap<>();
  private final Map<String, String> after = new LinkedHashMap<>();
  private long othersRows;

  @BeforeAll
  void askTakeAwayAndAskAgain() throws SQLException {
    List<String> questions = questions();
    answer(questions, before);
    try (Connection owner = company.warehouse().owner();
        Statement statement = owner.createStatement()) {
      for (String rows : OTHERS) {
        othersRows += statement.executeUpdate("delete from " + rows);
      }
      if (!owner.getAutoCommit()) {
        owner.commit();
      }
    }
    answer(questions, after);
  }

  @AfterAll
  void stop() {
    company.close();
  }

  @Test
  void noAnswerDependsOnWhatOthersHave() {
    assertThat(othersRows).isGreaterThan(10_000);
    assertThat(before).hasSizeGreaterThan(100);
    before.forEach(
        (question, answer) -> assertThat(after.get(question)).as(question).isEqualTo(answer));
  }

  @Test
  void theTenantSeesItsOwn() {
    assertThat(before.values()).filteredOn(a -> a.startsWith("rows")).hasSizeGreaterThan(100);
    assertThat(before.get("select * from app.workspaces")).contains("1001");
    assertThat(before.get("select * from app.users")).isNotEqualTo("rows []");
    assertThat(before.get("select detail from catalog.my_access where kind = 'scope'"))
        .contains("1 workspace: own workspace");
  }

  // ---- what is asked ----

  private List<String> questions() throws SQLException {
    List<String> questions = new ArrayList<>();
    questions.add("select detail from catalog.my_access where kind = 'scope'");
    try (Connection connection = company.connect(TENANT)) {
      DatabaseMetaData metaData = connection.getMetaData();
      for (String schema : List.of("app", "analytics", "catalog")) {
        for (String table : tables(metaData, schema)) {
          questions.add("select * from " + schema + "." + table);
          questions.add("select count(*) as n from " + schema + "." + table);
        }
      }
      for (String table : tables(metaData, "metrics")) {
        semantic(metaData, table, questions);
      }
    }
    return questions;
  }

  private static List<String> tables(DatabaseMetaData metaData, String schema) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables = metaData.getTables(null, schema, "%", null)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    names.remove(GROWS_WITH_EVERY_QUESTION);
    return names;
  }

  private static void semantic(DatabaseMetaData metaData, String table, List<String> questions)
      throws SQLException {
    List<String> metrics = new ArrayList<>();
    List<String> dimensions = new ArrayList<>();
    try (ResultSet columns = metaData.getColumns(null, "metrics", table, "%")) {
      while (columns.next()) {
        String name = columns.getString("COLUMN_NAME");
        (columns.getString("IS_GENERATEDCOLUMN").equals("YES") ? metrics : dimensions).add(name);
      }
    }
    boolean monthly = dimensions.contains("month");
    for (int i = 0; i < metrics.size(); i += METRICS_AT_ONCE) {
      questions.add(
          query(table, metrics.subList(i, Math.min(metrics.size(), i + METRICS_AT_ONCE)), monthly));
    }
    dimensions.stream()
        .filter(dimension -> !TIMES.contains(dimension))
        .forEach(
            dimension ->
                questions.add(
                    "select "
                        + dimension
                        + ", count(*) as n from metrics."
                        + table
                        + (monthly ? " where " + RANGE : "")
                        + " group by "
                        + dimension));
  }

  private static final Set<String> TIMES =
      Set.of(
          "metric_time",
          "day",
          "week",
          "month",
          "quarter",
          "year",
          "period_start",
          "period_end",
          "is_complete");

  private static String query(String table, List<String> metrics, boolean monthly) {
    List<String> items = new ArrayList<>();
    if (monthly) {
      items.add("month");
    }
    metrics.forEach(metric -> items.add("aggregate(" + metric + ") as " + metric));
    return "select "
        + String.join(", ", items)
        + " from metrics."
        + table
        + (monthly ? " where " + RANGE + " group by month" : "");
  }

  // ---- what is answered ----

  private void answer(List<String> questions, Map<String, String> answers) throws SQLException {
    try (Connection connection = company.connect(TENANT)) {
      for (String question : questions) {
        answers.put(question, answer(connection, question));
      }
    }
  }

  private static String answer(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return "rows "
          + Grid.read(rows).rows().stream().map(String::valueOf).sorted().toList().toString();
    } catch (SQLException e) {
      return "error " + e.getSQLState();
    }
  }
}
