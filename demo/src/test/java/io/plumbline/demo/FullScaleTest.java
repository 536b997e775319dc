package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The targets of the generator's contract, on the company in full size. */
@Tag("scale")
class FullScaleTest {
  private static EmbeddedWarehouse warehouse;
  private static Connection owner;

  @BeforeAll
  static void load() throws Exception {
    Instant started = Instant.now();
    warehouse = EmbeddedWarehouse.start(Optional.empty());
    new CloudFlowCompany()
        .loadInto(warehouse, LoadOptions.SMALL.withScale(1.0), ProgressListener.SILENT);
    owner = warehouse.owner();
    Runtime runtime = Runtime.getRuntime();
    System.out.println(
        "Loaded in "
            + Duration.between(started, Instant.now()).toSeconds()
            + " s, heap "
            + (runtime.totalMemory() >> 20)
            + " MB");
  }

  @AfterAll
  static void stop() throws SQLException {
    owner.close();
    warehouse.close();
  }

  @Test
  void segmentsHaveTheirCustomersAndRevenue() throws Exception {
    segment("Enterprise", 120, 840_000, 0.117);
    segment("Mid-Market", 480, 528_000, 0.150);
    segment("SMB", 1_800, 270_000, 0.180);
    segment("Self-Serve", 1_800, 82_000, 0.190);
    segment("all", 4_200, 1_720_000, 0.179);
  }

  private static void segment(String name, int customers, long mrr, double logoChurn)
      throws SQLException {
    assertThat(metric("paying_customers", "2026-02-01", name)).as(name).isEqualTo(customers);
    double expected = mrr * 1_718_400.0 / 1_720_000;
    assertThat(metric("mrr", "2026-02-01", name) / expected).as(name).isBetween(0.999, 1.001);
    assertThat(Math.round(metric("logo_churn_t12m", "2026-02-01", name) * 1_000) / 1_000.0)
        .as(name)
        .isEqualTo(logoChurn);
  }

  @Test
  void monthsAreExactOnBothSides() throws Exception {
    assertThat(metric("mrr", "2025-12-01", "all")).isEqualTo(1_681_900);
    assertThat(metric("mrr", "2026-01-01", "all")).isEqualTo(1_694_200);
    assertThat(metric("mrr", "2026-02-01", "all")).isEqualTo(1_718_400);
    assertThat(text(resource("stripe_revenue.sql"))).isEqualTo("1686100.00 1697800.00 1722100.00");
  }

  @Test
  void revenueChurnDependsOnItsBasis() throws Exception {
    assertThat(rounded("revenue_churn_t12m_contract")).isEqualTo(0.251);
    assertThat(rounded("revenue_churn_t12m_billing")).isEqualTo(0.248);
    assertThat(rounded("revenue_churn_t12m_usage")).isEqualTo(0.212);
  }

  private static double rounded(String metric) throws SQLException {
    return Math.round(metric(metric, "2026-02-01", "all") * 1_000) / 1_000.0;
  }

  @Test
  void workspacesHaveTheirDailyUsersAndFeatures() throws Exception {
    usage("Enterprise", 142, 7.2);
    usage("Mid-Market", 28, 4.8);
    usage("SMB", 6, 3.1);
    usage("Self-Serve", 2, 1.8);
  }

  private static void usage(String segment, int dailyUsers, double features) throws Exception {
    String paying =
        "select a.account_id, a.account_id + 1000 as workspace_id from app.accounts a where a.segment = '"
            + segment
            + "' and exists (select from truth.subscription_intervals i"
            + " where i.account_id = a.account_id and i.valid_to is null and i.recorded_to is null and i.status in ('active', 'past_due') and i.mrr > 0)";
    String users =
        "select round(avg(dau)) from app.usage_daily join ("
            + paying
            + ") p using (workspace_id) where usage_date >= '2026-02-01'";
    assertThat(Double.parseDouble(text(users))).as(segment).isEqualTo(dailyUsers);
    String used =
        "select round(avg(features), 1) from (select workspace_id, count(distinct feature_key) as features from app.user_activity_daily join ("
            + paying
            + ") p using (workspace_id) where activity_date >= '2026-01-30' group by 1) x";
    assertThat(Double.parseDouble(text(used))).as(segment).isEqualTo(features);
  }

  @Test
  void mostExpansionsComeAfterTheSeatLimitWasHit() throws Exception {
    String share =
        """
        select avg(case when exists (
          select from app.usage_daily d
          where d.workspace_id = e.workspace_id and d.hit_seat_limit = 1
            and d.usage_date between e.occurred_at::date - 30 and e.occurred_at::date) then 1.0 else 0 end)
        from app.subscription_events e
        where e.event_type in ('seats_added', 'plan_changed') and e.occurred_at < timestamp '2026-03-01' and e.source <> 'import'
        """;
    assertThat(Double.parseDouble(text(share))).isBetween(0.775, 0.785);
    String base =
        """
        with months as (
          select d.workspace_id, date_trunc('month', usage_date) as month, max(hit_seat_limit) as hit
          from app.usage_daily d group by 1, 2
        )
        select avg(hit) from months m
        where not exists (select from app.subscription_events e
          where e.workspace_id = m.workspace_id and e.event_type in ('seats_added', 'plan_changed')
            and e.occurred_at >= m.month and e.occurred_at < m.month + interval '2 months')
        """;
    assertThat(Double.parseDouble(text(base))).isLessThan(0.12);
  }

  @Test
  void volumesAreThoseOfTheContract() throws Exception {
    rows("app.accounts", 11_000, 0.01);
    rows("app.workspaces", 12_500, 0.01);
    rows("app.users", 190_000, 0.05);
    rows("app.subscriptions", 11_500, 0.02);
    rows("app.subscription_events", 85_000, 0.02);
    rows("app.usage_daily", 5_500_000, 0.1);
    rows("stripe.invoices", 110_000, 0.1);
    rows("stripe.invoice_line_items", 135_000, 0.1);
    rows("app.nps_responses", 28_000, 0.05);
    rows("zendesk.support_tickets", 60_000, 0.05);
    rows("salesforce.opportunities", 6_000, 0.05);
    rows("ml.churn_scores_daily", 1_500_000, 0.05);
    String recent = "select count(*) from app.user_activity_daily where feature_key <> 'any'";
    assertThat(Double.parseDouble(text(recent)) / 13_000_000).isBetween(0.9, 1.1);
    assertThat(metric("mau", "2026-02-01", "all") / 112_000).isBetween(0.95, 1.05);
  }

  private static void rows(String table, long expected, double tolerance) throws SQLException {
    assertThat(Double.parseDouble(text("select count(*) from " + table)) / expected)
        .as(table)
        .isBetween(1 - tolerance, 1 + tolerance);
  }

  @Test
  void legacyRowsAreWhereTheyHurt() throws Exception {
    assertThat(
            Integer.parseInt(
                text(
                    "select count(*) from truth.injected_dirt where kind = 'legacy_clock_change'")))
        .isGreaterThanOrEqualTo(10);
    assertThat(
            Integer.parseInt(
                text("select count(*) from truth.injected_dirt where detail ? 'near_month_end'")))
        .isGreaterThanOrEqualTo(40);
    String share =
        "select round(avg(case when writer_version < '3' then 100.0 else 0 end), 1) from (select distinct subscription_id, writer_version from app.subscriptions) s";
    assertThat(text(share)).isEqualTo("12.0");
  }

  private static double metric(String metric, String month, String segment) throws SQLException {
    return new BigDecimal(
            text(
                "select value from truth.metric_values where grain = 'month' and metric = '"
                    + metric
                    + "' and period_start = '"
                    + month
                    + "' and segment = '"
                    + segment
                    + "'"))
        .doubleValue();
  }

  private static String resource(String name) throws Exception {
    try (InputStream sql = FullScaleTest.class.getResourceAsStream(name)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String text(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
