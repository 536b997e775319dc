package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.cloudflow.source.DirtKind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CloudFlowCompanyTest {
  private static final double SCALE = 0.02;

  private static EmbeddedWarehouse warehouse;
  private static Connection owner;
  private static final List<Double> FRACTIONS = new ArrayList<>();

  @BeforeAll
  static void load() throws Exception {
    warehouse = EmbeddedWarehouse.start(Optional.empty());
    new CloudFlowCompany()
        .loadInto(warehouse, LoadOptions.SMALL, (step, fraction) -> FRACTIONS.add(fraction));
    owner = warehouse.owner();
    try (Statement statement = owner.createStatement()) {
      statement.execute(resource("rebuild_intervals.sql"));
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    owner.close();
    warehouse.close();
  }

  @Test
  void sourceTablesGiveExactlyTheIntervalsOfTheAnswerKey() throws Exception {
    String columns =
        "subscription_id, account_id, currency, valid_from, valid_to, recorded_from, recorded_to, status, round(mrr, 4)";
    String truth = "select " + columns + " from truth.subscription_intervals";
    String rebuilt = "select " + columns + " from rebuilt";
    assertThat(number("select count(*) from truth.subscription_intervals")).isGreaterThan("1000");
    assertThat(number("select count(*) from (" + truth + " except all " + rebuilt + ") missing"))
        .isEqualTo("0");
    assertThat(number("select count(*) from (" + rebuilt + " except all " + truth + ") extra"))
        .isEqualTo("0");
  }

  @Test
  void lastMonthsAreExact() throws Exception {
    assertThat(mrr("2025-12-01", "all")).isEqualByComparingTo(scaled("1681900"));
    assertThat(mrr("2026-01-01", "all")).isEqualByComparingTo(scaled("1694200"));
    assertThat(mrr("2026-02-01", "all")).isEqualByComparingTo(scaled("1718400"));
  }

  @Test
  void intervalsGiveTheMrrOfEveryMonthAndSegment() throws Exception {
    String wrong =
        """
        with months as (
          select m::date as month, m + interval '1 month' as ends from generate_series(timestamp '2023-03-01', '2026-02-01', '1 month') m
        ), state as (
          select month, segment, currency, (ends at time zone 'UTC' - interval '1 day')::date as rate_date, sum(mrr) as mrr, count(distinct account_id) as accounts
          from months
          join rebuilt on valid_from < ends at time zone 'UTC' and (valid_to is null or valid_to >= ends at time zone 'UTC')
          join app.accounts using (account_id, currency)
          where status in ('active', 'past_due') and mrr > 0 and recorded_to is null
          group by 1, 2, 3, 4
        ), totals as (
          select month, segment, sum(mrr * usd_rate) as mrr, sum(accounts) as accounts
          from state join finance.fx_rates using (rate_date, currency)
          where kind = 'spot'
          group by 1, 2
        )
        select count(*)
        from truth.metric_values t
        left join totals s on s.month = t.period_start and s.segment = t.segment
        where t.grain = 'month' and t.segment <> 'all'
          and (t.metric = 'mrr' and round(t.value, 4) <> round(coalesce(s.mrr, 0), 4)
            or t.metric = 'paying_customers' and t.value <> coalesce(s.accounts, 0))
        """;
    assertThat(number(wrong)).isEqualTo("0");
    assertThat(
            number(
                "select count(*) from truth.metric_values where grain = 'month' and metric = 'mrr'"))
        .isEqualTo("180");
  }

  @Test
  void closingIsOpeningAndWhatMoved() throws Exception {
    String wrong =
        """
        select count(*) from (
          select grain, period_start, segment,
            sum(value) filter (where metric in ('opening_mrr', 'net_new_mrr', 'fx_impact')) - sum(value) filter (where metric = 'mrr') as rest,
            sum(value) filter (where metric in ('new_mrr_activity', 'reactivation_mrr_activity', 'expansion_mrr_activity', 'fx_impact_activity'))
              - sum(value) filter (where metric in ('contraction_mrr_activity', 'churned_mrr_activity'))
              - sum(value) filter (where metric = 'mrr') + sum(value) filter (where metric = 'opening_mrr') as activity_rest
          from truth.metric_values
          group by 1, 2, 3
        ) sums where rest <> 0 or activity_rest <> 0
        """;
    assertThat(number(wrong)).isEqualTo("0");
  }

  @Test
  void segmentsAreWithinOneAccountOfTheirTargets() throws Exception {
    segment("Enterprise", 120, 840_000);
    segment("Mid-Market", 480, 528_000);
    segment("SMB", 1_800, 270_000);
    segment("Self-Serve", 1_800, 82_000);
    assertThat(new BigDecimal(metric("paying_customers", "2026-02-01", "all")))
        .isEqualByComparingTo("84");
  }

  private static void segment(String name, int accounts, int mrr) throws SQLException {
    double paying = Double.parseDouble(metric("paying_customers", "2026-02-01", name));
    assertThat(Math.abs(paying - accounts * SCALE)).as(name).isLessThan(1);
    double expected = mrr * SCALE * 1_718_400 / 1_720_000;
    assertThat(Math.abs(mrr("2026-02-01", name).doubleValue() - expected))
        .as(name)
        .isLessThan(1.0 * mrr / accounts);
  }

  @Test
  void everyKindOfDirtIsLogged() throws Exception {
    for (DirtKind kind : DirtKind.values()) {
      assertThat(
              number(
                  "select count(*) > 0 from truth.injected_dirt where kind = '"
                      + kind.label()
                      + "'"))
          .as(kind.label())
          .isEqualTo("t");
    }
  }

  @Test
  void usageIsAsTheAnswerKeySays() throws Exception {
    String wrong =
        """
        with activity as (
          select distinct u.user_id, d.activity_date as day, a.segment
          from app.user_activity_daily d
          join app.users u using (user_id)
          join app.accounts a using (account_id)
          join stripe.customers c on c.id = a.stripe_customer_id
          where not a.is_internal and c.livemode
        ), daily as (
          select segment, day, count(*) as users from activity group by 1, 2
        ), monthly as (
          select date_trunc('month', day)::date as month, segment, count(distinct user_id) as mau from activity group by 1, 2
        ), months as (
          select month, m.segment, mau, sum(users) / extract(day from month + interval '1 month - 1 day') as dau
          from monthly m join daily d on date_trunc('month', d.day) = m.month and d.segment = m.segment
          group by 1, 2, 3
        )
        select count(*)
        from truth.metric_values t left join months m on m.month = t.period_start and m.segment = t.segment
        where grain = 'month' and t.segment <> 'all'
          and (metric = 'mau' and value <> coalesce(mau, 0) or metric = 'dau' and abs(value - coalesce(dau, 0)) > 0.000001)
        """;
    assertThat(number(wrong)).isEqualTo("0");
    assertThat(
            number(
                "select count(*) from truth.metric_values where metric = 'mau' and grain = 'month'"))
        .isEqualTo("65");
  }

  @Test
  void surveyIsAsTheAnswerKeySays() throws Exception {
    String nps =
        """
        select round(100.0 * (count(*) filter (where score >= 9) - count(*) filter (where score <= 6)) / count(*), 6)
        from (
          select distinct on (r.user_id) r.user_id, r.score
          from app.nps_responses r
          join app.users u using (user_id)
          join app.accounts a on a.account_id = r.account_id and not a.is_internal
          join stripe.customers c on c.id = a.stripe_customer_id and c.livemode
          where r.score between 0 and 10 and r.responded_at < timestamp '2026-01-01' and (u.deactivated_at is null or u.deactivated_at >= timestamp '2026-01-01')
          order by r.user_id, r.responded_at desc
        ) latest
        """;
    String key =
        "select round(value, 6) from truth.metric_values where metric = 'nps' and grain = 'month' and segment = 'all' and period_start = '2025-12-01'";
    assertThat(number(nps)).isEqualTo(number(key));
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
    assertThat(Double.parseDouble(number(share))).isBetween(0.76, 0.80);
  }

  @Test
  void missingUsageDaysAreMissingNotZero() throws Exception {
    String still =
        "select count(*) from truth.injected_dirt d join app.usage_daily u on u.workspace_id || '/' || u.usage_date = d.row_key where d.kind = 'missing_usage_day'";
    assertThat(number(still)).isEqualTo("0");
    String share =
        "select count(*) * 100.0 / (select count(*) from app.usage_daily) from truth.injected_dirt where kind = 'missing_usage_day'";
    assertThat(Double.parseDouble(number(share))).isBetween(0.5, 0.9);
  }

  @Test
  void everyTableHasRows() throws Exception {
    List<String> empty = new ArrayList<>();
    String tables = "select string_agg(schemaname || '.' || relname, ' ') from pg_stat_user_tables";
    for (String table : number(tables).split(" ", -1)) {
      if (number("select count(*) from (select from " + table + " limit 1) x").equals("0")) {
        empty.add(table);
      }
    }
    assertThat(empty).isEmpty();
  }

  @Test
  void rawInvoicesGiveWhatStripeShouldShow() throws Exception {
    assertThat(number(resource("stripe_revenue.sql"))).isEqualTo("33722.00 33956.00 34442.00");
  }

  @Test
  void onlyTheSignedOffArrIsCloseEnough() throws Exception {
    String close =
        """
        select string_agg(prepared_by, ' ')
        from finance.arr_reported, truth.metric_values
        where metric = 'arr' and grain = 'month' and segment = 'all' and period_start = '2026-02-01' and abs(value - arr) / arr <= 0.005
        """;
    assertThat(number(close))
        .isEqualTo(
            number("select prepared_by from finance.arr_reported where signed_off_at is not null"));
  }

  @Test
  void dirtIsWhereTheLogSays() throws Exception {
    same(
        "legacy_wall_clock' and table_name = 'app.subscriptions",
        "select count(distinct subscription_id) from app.subscriptions where writer_version < '3'");
    same(
        "exact_duplicate' and table_name = 'app.subscriptions",
        "select coalesce(sum(n - 1), 0) from (select count(*) as n from app.subscriptions s group by s) x");
    same(
        "orphan_subscription",
        "select count(distinct subscription_id) from app.subscriptions s where not exists (select from app.accounts a where a.account_id = s.account_id)");
    same("internal_account", "select count(*) from app.accounts where is_internal");
    same("test_account", "select count(*) from stripe.customers where not livemode");
    same(
        "null_occurred_at",
        "select count(*) from app.subscription_events where occurred_at is null");
    same(
        "future_date",
        "select count(*) from app.subscription_events where occurred_at > timestamp '2026-03-02'");
    same(
        "ended_before_started",
        "select count(*) from app.subscriptions where ended_at < started_at");
    same(
        "backdated_cancellation",
        "select count(*) from app.subscription_events e join app.subscriptions s using (subscription_id) where recorded_at - e.occurred_at > interval '23 hours' and event_type = 'cancelled' and s.updated_at >= e.occurred_at");
    String share =
        number(
            "select count(distinct subscription_id) filter (where writer_version < '3') * 100.0 / count(distinct subscription_id) from app.subscriptions");
    assertThat(Double.parseDouble(share)).isBetween(11.0, 13.0);
  }

  private static void same(String kind, String count) throws SQLException {
    assertThat(number("select count(*) from truth.injected_dirt where kind = '" + kind + "'"))
        .as(kind)
        .isEqualTo(number(count));
  }

  @Test
  void legacyRowsHitTheHoursThatClocksChange() throws Exception {
    assertThat(
            Integer.parseInt(
                number(
                    "select count(*) from truth.injected_dirt where kind = 'legacy_clock_change'")))
        .isGreaterThanOrEqualTo(2);
    assertThat(
            Integer.parseInt(
                number("select count(*) from truth.injected_dirt where detail ? 'near_month_end'")))
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void progressNeverFalls() {
    assertThat(FRACTIONS)
        .isSorted()
        .allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
  }

  @Test
  void readerReadsEverySchema() throws Exception {
    try (Connection reader = warehouse.reader();
        Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from truth.metric_values")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void theSameDataAreNotLoadedTwice() throws Exception {
    String before = number("select xmin from plumbline_demo.loaded");
    new CloudFlowCompany().loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
    assertThat(number("select xmin from plumbline_demo.loaded")).isEqualTo(before);
  }

  @Test
  void aFolderOfFilesIsRefused() {
    assertThatThrownBy(
            () ->
                new CloudFlowCompany()
                    .load(owner, LoadOptions.SMALL.withData(Path.of("x")), ProgressListener.SILENT))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("takes no folder");
  }

  private static String resource(String name) throws IOException {
    try (InputStream sql = CloudFlowCompanyTest.class.getResourceAsStream(name)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BigDecimal scaled(String dollars) {
    return new BigDecimal(dollars).multiply(BigDecimal.valueOf(SCALE));
  }

  private static BigDecimal mrr(String month, String segment) throws SQLException {
    return new BigDecimal(metric("mrr", month, segment));
  }

  private static String metric(String metric, String month, String segment) throws SQLException {
    return number(
        "select value from truth.metric_values where grain = 'month' and metric = '"
            + metric
            + "' and period_start = '"
            + month
            + "' and segment = '"
            + segment
            + "'");
  }

  private static String number(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
