package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.ResultColumn.Type;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, explain, metadata, and the cache of plans. */
@ExtendWith(TestWarehouse.Provider.class)
class EngineSessionTest {

  private final TestWarehouse postgres;
  private final Bakery bakery;
  private final GoldenEngine golden;

  EngineSessionTest(TestWarehouse postgres, Bakery bakery, GoldenEngine golden) {
    this.postgres = postgres;
    this.bakery = bakery;
    this.golden = golden;
  }

  // ---- settings ----

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "set time_zone = 'America/Los_Angeles'; time_zone; America/Los_Angeles",
        "set time_zone to 'europe/istanbul'; time_zone; Europe/Istanbul",
        "set time zone 'UTC'; time_zone; UTC",
        "set as_of = '2026-02-15'; as_of; 2026-02-15",
        "set as_of = date '2026-02-15'; as_of; 2026-02-15",
        "set known_at = '2025-09-01 10:00:00'; known_at; 2025-09-01T10:00:00Z",
        "set known_at = '2025-09-01T10:00:00+02'; known_at; 2025-09-01T08:00:00Z",
        "set known_at = '2025-09-01'; known_at; 2025-09-01T00:00:00Z",
        "set week_start = 'sunday'; week_start; sunday",
        "set week_start = 'Sun'; week_start; sunday",
        "set week_start = 7; week_start; sunday",
        "set fiscal_year_start = 'february'; fiscal_year_start; february",
        "set fiscal_year_start = 'APRIL'; fiscal_year_start; april",
        "set fiscal_year_start = 10; fiscal_year_start; october",
        "set currency = 'eur'; currency; EUR"
      })
  void aSettingIsReadAsClientsWriteIt(String set, String name, String value) {
    try (Session session = golden.session()) {
      TestEngine.rows(session, set);
      assertThat(TestEngine.rows(session, "show " + name)).containsExactly(value);
      TestEngine.rows(session, "set " + name + " = default");
      assertThat(TestEngine.rows(session, "show all"))
          .containsExactly(
              "time_zone = UTC",
              "as_of = 2026-03-31",
              "known_at = newest",
              "week_start = monday",
              "fiscal_year_start = january",
              "currency = USD");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "time_zone; Mars/Base; Write a zone like 'America/Los_Angeles'",
        "as_of; tomorrow; Write a day like '2026-02-28'",
        "as_of; 2026-02-30; Write a day like",
        "known_at; yesterday; Write an instant like '2025-09-01 00:00:00'",
        "week_start; someday; Write a day of the week like 'monday'",
        "week_start; 8; Write a day of the week",
        "fiscal_year_start; 13; Write a month like 'february', or its number",
        "fiscal_year_start; ma; Write a month",
        "currency; euro; Write an ISO code like 'EUR'"
      })
  void aWrongValueIsRefusedWithAnExample(String name, String value, String remedy) {
    try (Session session = golden.session()) {
      assertThatThrownBy(() -> session.set(name, value))
          .isInstanceOf(QueryException.class)
          .hasMessageStartingWith("22023: '" + value + "' is no value for " + name + ". " + remedy);
    }
  }

  @Test
  void anUnknownSettingNamesTheSettings() {
    assertThat(golden.refusal("set as_off = '2026-01-01'"))
        .hasMessage(
            "42703: there is no setting 'as_off'. The settings are: time_zone, as_of, known_at,"
                + " week_start, fiscal_year_start, currency");
    assertThat(golden.refusal("show as_off")).hasMessageContaining("there is no setting 'as_off'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set application_name = 'x'",
        "set extra_float_digits = 3",
        "set search_path = 'metrics'"
      })
  void whatDriversSetByThemselvesIsAccepted(String set) {
    assertThat(golden.rows(set)).isEmpty();
  }

  @Test
  void todayMovesOnWhileASessionIsOpenUnlessItWasSet() {
    MovingClock clock = new MovingClock();
    try (TestEngine engine =
            new TestEngine(
                postgres,
                List.of(Bakery.definitions()),
                EngineDefaults.STANDARD,
                new OpenGovernor(),
                clock);
        Session session = engine.session()) {
      clock.now = Instant.parse("2025-02-14T23:30:00Z");
      assertThat(TestEngine.rows(session, "show as_of")).containsExactly("2025-02-14");
      String mrr = "select aggregate(mrr) from metrics.revenue where region = 'south'";
      assertThat(TestEngine.rows(session, mrr)).containsExactly("44");
      clock.now = Instant.parse("2025-02-15T00:30:00Z");
      assertThat(TestEngine.rows(session, mrr)).containsExactly("54");
      session.set("time_zone", "America/New_York");
      assertThat(TestEngine.rows(session, "show as_of")).containsExactly("2025-02-14");
      session.set("as_of", "2025-01-31");
      assertThat(TestEngine.rows(session, mrr)).containsExactly("44");
    }
  }

  private static final class MovingClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  // ---- plans ----

  @Test
  void aPlanIsReusedAndGivesTheSameRows() {
    try (Session session = bakery.session();
        Session other = bakery.session()) {
      String sql = "select region, aggregate(mrr) as cached from metrics.revenue group by region";
      List<String> rows = TestEngine.rows(session, sql);
      long plans = bakery.engine().plans().asMap().size();
      assertThat(TestEngine.rows(session, sql)).isEqualTo(rows);
      assertThat(TestEngine.rows(other, sql)).isEqualTo(rows);
      assertThat(bakery.engine().plans().asMap()).hasSize((int) plans);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "as_of, 2025-01-31, 44",
    "time_zone, America/New_York, 58",
    "currency, EUR, 48.3333",
    "known_at, 2025-03-01, 70",
    "week_start, sunday, 58",
    "fiscal_year_start, february, 58"
  })
  void aPlanIsKeyedByEverySetting(String name, String value, String expected) {
    try (Session session = bakery.session()) {
      String sql = "select aggregate(mrr) as m from metrics.revenue where region = 'south'";
      assertThat(TestEngine.rows(session, sql)).containsExactly("58");
      session.set(name, value);
      assertThat(TestEngine.rows(session, sql)).containsExactly(expected);
      session.set(name, "default");
      assertThat(TestEngine.rows(session, sql)).containsExactly("58");
    }
  }

  @Test
  void aPreparedQueryKeepsTheSettingsItWasPreparedUnder() {
    try (Session session = bakery.session()) {
      PreparedQuery fixed =
          session.prepare("select aggregate(mrr) from metrics.revenue where region = 'south'");
      PreparedQuery bound =
          session.prepare(
              "select aggregate(mrr) from metrics.revenue where region = 'south' and month = ?");
      session.set("currency", "EUR");
      assertThat(TestEngine.rows(fixed, 0)).containsExactly("58");
      assertThat(TestEngine.rows(bound, 0, java.time.LocalDate.of(2025, 4, 1)))
          .containsExactly("58");
    }
  }

  @Test
  void currentDateFollowsAsOfEverywhere() {
    assertThat(
            bakery.rows(
                "select current_date, count(*) from bakery.visit where day <= current_date",
                "as_of=2025-02-01"))
        .containsExactly("2025-02-01|2");
  }

  @Test
  void explainShowsThePlanInWordsOfTheSemanticLayerAndTheSql() {
    assertThat(
            bakery.rows(
                "explain plan for select month, aggregate(mrr) from metrics.revenue group by"
                    + " month"))
        .anyMatch(line -> line.matches("definitions \\w+"))
        .contains("logical plan", "policies applied", "  none", "statement of the warehouse")
        .anyMatch(line -> line.contains("[metrics, revenue]"))
        .anyMatch(line -> line.contains("width_bucket"));
    assertThat(bakery.rows("explain select aggregate(mrr) from metrics.revenue where month = ?"))
        .contains("  depends on the values of parameters");
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    List<String> queries = mixedQueries();
    List<List<String>> expected = new ArrayList<>();
    try (Session session = bakery.session()) {
      for (String sql : queries) {
        expected.add(TestEngine.rows(session, sql));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int seed = thread;
        work.add(() -> sameAnswers(queries, expected, seed));
      }
      for (Future<Boolean> same : threads.invokeAll(work)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Every tenth text is new to the cache, so that threads plan at the same time too. */
  private boolean sameAnswers(List<String> queries, List<List<String>> expected, int seed) {
    try (Session session = bakery.session()) {
      for (int i = 0; i < 200; i++) {
        int query = (i + seed) % queries.size();
        String sql = queries.get(query) + (i % 10 == 0 ? " -- " + seed + "." + i : "");
        assertThat(TestEngine.rows(session, sql)).as(sql).isEqualTo(expected.get(query));
      }
    }
    return true;
  }

  private static List<String> mixedQueries() {
    return List.of(
        "select month, aggregate(mrr) from metrics.revenue where region = 'north' group by month"
            + " order by 1",
        "select region, aggregate(paying_customers) from metrics.revenue group by rollup(region)"
            + " order by 1",
        "select month, aggregate(visits_made), aggregate(mrr) from metrics.company group by month"
            + " order by 1",
        "select town, count(*) from bakery.shop group by town order by 1",
        "select account_id, aggregate(opening_mrr) from metrics.revenue where month = date"
            + " '2025-03-01' group by account_id order by 1",
        "select month, mrr from analytics.mrr_monthly order by 1",
        "select plan, aggregate(mrr) from metrics.contracts where region = 'south' group by plan"
            + " order by 1");
  }

  // ---- metadata ----

  @Test
  void metricsAreGeneratedColumnsThatSayWhatTheyMean() {
    try (Session session = bakery.session()) {
      Session.TableInfo revenue =
          session.tables().stream()
              .filter(t -> t.name().equals("revenue"))
              .findFirst()
              .orElseThrow();
      assertThat(revenue.schema()).isEqualTo("metrics");
      assertThat(revenue.type()).isEqualTo("TABLE");
      assertThat(revenue.remarks()).isEqualTo("Recurring revenue by account and period.");
      assertThat(revenue.columns())
          .filteredOn(ResultColumn::generated)
          .extracting(ResultColumn::name)
          .startsWith(
              "mrr",
              "arr",
              "opening_mrr",
              "opening_arr",
              "paying_customers",
              "opening_customers",
              "arpa")
          .contains("expansion_mrr", "ndr_t12m");
      assertThat(column(revenue, "expansion_mrr").description()).contains("expansion_mrr_activity");
      assertThat(column(revenue, "mrr").description())
          .startsWith("Recurring amounts of paying subscriptions")
          .contains("Unit: currency.", "Semi-additive", "aggregate(mrr)");
      assertThat(column(revenue, "arpa").description()).contains("Not additive");
      assertThat(column(revenue, "mrr").type()).isEqualTo(Type.DECIMAL);
      assertThat(column(revenue, "paying_customers").type()).isEqualTo(Type.BIGINT);
      assertThat(column(revenue, "month").type()).isEqualTo(Type.DATE);
      assertThat(column(revenue, "month").nullable()).isFalse();
      assertThat(column(revenue, "is_complete").type()).isEqualTo(Type.BOOLEAN);
      assertThat(column(revenue, "region").description()).isEqualTo("Sales region.");
    }
  }

  @Test
  void publishedViewsAreDescribedColumnByColumn() {
    try (Session session = bakery.session()) {
      Session.TableInfo view =
          session.tables().stream()
              .filter(t -> t.schema().equals("analytics") && t.name().equals("mrr_monthly"))
              .findFirst()
              .orElseThrow();
      assertThat(view.type()).isEqualTo("VIEW");
      assertThat(column(view, "prev_mrr").description())
          .isEqualTo("The same a month earlier; null for the first month.");
      assertThat(view.columns()).noneMatch(ResultColumn::generated);
    }
  }

  private static ResultColumn column(Session.TableInfo table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
