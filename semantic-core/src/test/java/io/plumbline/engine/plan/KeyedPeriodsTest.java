package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPeriodsTest {

  private final TimeAxis axis = TimeAxis.STANDARD;

  // ---- where the range begins and ends ----

  @Test
  void withoutFilterTheRangeGoesFromTheBucketOfTheFirstChangeToAsOf() {
    assertThat(axis.asOf("2025-03-10").periods("", "month"))
        .containsExactly(
            "2025-01-01..2025-01-31", "2025-02-01..2025-02-28", "2025-03-01..2025-03-10 partial");
  }

  @Test
  void withoutGroupingTheRangeIsOnePeriodFromTheFirstChange() {
    assertThat(axis.asOf("2025-03-10").periods("")).containsExactly("2025-01-15..2025-03-10");
  }

  @Test
  void withoutDataThereAreNoPeriods() {
    assertThat(axis.withoutData().periods("", "month")).isEmpty();
    assertThat(axis.withoutData().periods("month >= date '2026-03-01'", "month")).hasSize(1);
  }

  @Test
  void anUpperBoundAloneLeavesTheDefaultStart() {
    assertThat(axis.periods("metric_time < date '2025-02-10'", "month"))
        .containsExactly("2025-01-01..2025-01-31", "2025-02-01..2025-02-09 partial");
  }

  @Test
  void aLowerBoundBeforeTheDataIsKept() {
    assertThat(axis.periods("month between date '2024-11-01' and date '2024-12-01'", "month"))
        .containsExactly("2024-11-01..2024-11-30", "2024-12-01..2024-12-31");
  }

  @Test
  void theRangeNeverGoesBeyondAsOf() {
    assertThat(axis.periods("month >= date '2026-03-01'", "month"))
        .containsExactly("2026-03-01..2026-03-31");
    assertThat(axis.asOf("2026-03-15").periods("month >= date '2026-03-01'", "month"))
        .containsExactly("2026-03-01..2026-03-15 partial");
    assertThat(axis.periods("month > date '2026-03-01'", "month")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "month = date '2025-05-01'",
        "month in (date '2025-05-01')",
        "month between date '2025-05-01' and date '2025-05-31'",
        "metric_time >= date '2025-05-01' and metric_time < date '2025-06-01'",
        "metric_time >= timestamp '2025-05-01 00:00:00' and metric_time < timestamp '2025-06-01"
            + " 00:00:00'",
        "metric_time between date '2025-05-01' and date '2025-05-31'",
        "date_trunc('month', metric_time) = date '2025-05-01'",
        "extract(year from metric_time) = 2025 and extract(month from metric_time) = 5",
        "year(metric_time) = 2025 and month(metric_time) = 5",
        "to_char(metric_time, 'YYYY-MM') = '2025-05'",
        "metric_time >= date '2025-06-01' - interval '1' month and metric_time < date '2025-06-01'",
        "metric_time + interval '1' month between date '2025-06-01' and date '2025-06-30'"
            + " and metric_time <> date '2025-06-30'",
        "not (metric_time < date '2025-05-01' or metric_time >= date '2025-06-01')",
        "metric_time >= to_date('2025-05-01', 'YYYY-MM-DD') and month <= date '2025-05-01'",
        "metric_time >= make_date(2025, 5, 1) and metric_time <= last_day(date '2025-05-09')",
        "case when metric_time >= date '2025-06-01' then false else month >= date '2025-05-01' end"
      })
  void manyConditionsSelectTheSameMonth(String condition) {
    assertThat(axis.periods(condition, "month")).containsExactly("2025-05-01..2025-05-31");
  }

  @Test
  void currentDateFollowsAsOf() {
    assertThat(axis.periods("metric_time > current_date - interval '2' day", "day"))
        .containsExactly("2026-03-30..2026-03-30", "2026-03-31..2026-03-31");
    assertThat(axis.periods("month >= date_trunc('month', now() - interval '1 month')", "month"))
        .containsExactly("2026-02-01..2026-02-28", "2026-03-01..2026-03-31");
  }

  @Test
  void aConditionThatIsNeverTrueSelectsNothing() {
    assertThat(axis.periods("month = date '2025-05-02'", "month")).isEmpty();
    assertThat(axis.periods("metric_time < date '2025-05-01' and metric_time > date '2025-05-01'"))
        .isEmpty();
    assertThat(axis.periods("month = cast(null as date)", "month")).isEmpty();
  }

  // ---- partial periods and holes ----

  @Test
  void periodsAreCutToTheRange() {
    assertThat(axis.periods("metric_time between date '2026-01-10' and date '2026-02-10'", "month"))
        .containsExactly(
            "2026-01-10..2026-01-31 of 2026-01-01 partial", "2026-02-01..2026-02-10 partial");
  }

  @Test
  void predicatesOnAGrainSelectItsWholeBuckets() {
    assertThat(axis.periods("quarter = date '2025-04-01'", "month"))
        .containsExactly(
            "2025-04-01..2025-04-30", "2025-05-01..2025-05-31", "2025-06-01..2025-06-30");
    assertThat(axis.periods("quarter = date '2025-04-01'"))
        .containsExactly("2025-04-01..2025-06-30");
  }

  @Test
  void holesBetweenPeriodsAreFilledButNotAskedFor() {
    assertThat(axis.periods("month in (date '2025-03-01', date '2025-06-01')", "month"))
        .containsExactly(
            "2025-03-01..2025-03-31",
            "2025-04-01..2025-05-31 partial unasked",
            "2025-06-01..2025-06-30");
    assertThat(axis.periods("month = date '2025-03-01' or month = date '2025-04-01'", "month"))
        .containsExactly("2025-03-01..2025-03-31", "2025-04-01..2025-04-30");
  }

  @Test
  void holesNeedATimeGrouping() {
    assertThatThrownBy(() -> axis.periods("month in (date '2025-03-01', date '2025-06-01')"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("leaves holes in the range from 2025-03-01 to 2025-06-30");
    assertThatThrownBy(
            () -> axis.periods("month in (date '2025-04-01', date '2025-06-01')", "quarter"))
        .hasMessageContaining("leaves holes inside the period that starts on 2025-04-01");
    assertThatThrownBy(
            () ->
                axis.periods(
                    "extract(dow from metric_time) = 1 and year = date '2025-01-01'", "month"))
        .hasMessageContaining("leaves holes inside the period");
  }

  @Test
  void completePeriodsCanBeAskedForAlone() {
    assertThat(
            axis.asOf("2025-03-10").periods("is_complete and month >= date '2025-02-01'", "month"))
        .containsExactly("2025-02-01..2025-02-28", "2025-03-01..2025-03-10 partial unasked");
    assertThat(axis.periods("period_end = date '2025-02-28'", "month"))
        .contains("2025-02-01..2025-02-28")
        .filteredOn(period -> !period.contains("unasked"))
        .hasSize(1);
  }

  @Test
  void whatDescribesPeriodsIsRefusedWhereTheWholeRangeIsOne() {
    assertThatThrownBy(() -> axis.periods("is_complete"))
        .hasMessageContaining("Group by a time column");
  }

  @Test
  void rangesBeforeAnyBooksAreRefused() {
    assertThatThrownBy(() -> axis.periods("metric_time >= date '1753-01-01'"))
        .hasMessageContaining("the earliest day is 1900-01-01");
  }

  // ---- calendars ----

  @Test
  void weeksStartAsTheSessionSays() {
    TimeAxis sundays = axis.calendar(DayOfWeek.SUNDAY, Month.JANUARY);
    String june = "metric_time >= date '2025-06-01' and metric_time < date '2025-06-15'";
    assertThat(sundays.periods(june, "week"))
        .containsExactly("2025-06-01..2025-06-07", "2025-06-08..2025-06-14");
    assertThat(axis.periods(june, "week"))
        .containsExactly(
            "2025-06-01..2025-06-01 of 2025-05-26 partial",
            "2025-06-02..2025-06-08",
            "2025-06-09..2025-06-14 partial");
  }

  @Test
  void weeksThatAToolShiftsToSundayAreWeeksFromSunday() {
    assertThat(
            axis.periods(
                "metric_time >= date '2025-06-01' and metric_time < date '2025-06-15'",
                "cast(date_trunc('week', metric_time + interval '1 day') as date) + interval '-1"
                    + " day'"))
        .containsExactly("2025-06-01..2025-06-07", "2025-06-08..2025-06-14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date_trunc('month', metric_time + interval '10' day)",
        "date_trunc('quarter', metric_time + interval '1' month)",
        "date_trunc('year', metric_time - interval '1' day)"
      })
  void whatChangesItsValueInsideAPeriodIsRefused(String key) {
    assertThatThrownBy(() -> axis.periods("year = date '2025-01-01'", key))
        .hasMessageContaining("changes its value inside a period");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case when month < date '2025-07-01' then 'first' else 'second' end",
        "case when metric_time < date '2025-05-15' then month else quarter end",
        "extract(dow from metric_time)"
      })
  void whatGivesSeveralPeriodsOneNameIsRefused(String key) {
    assertThatThrownBy(() -> axis.periods("year = date '2025-01-01'", key))
        .hasMessageContaining("gives several periods the same name");
  }

  @Test
  void theDaysOfOneWeekHaveNamesOfTheirOwn() {
    assertThat(axis.periods("week = date '2025-06-02'", "extract(dow from metric_time)"))
        .hasSize(7);
  }

  @Test
  void fiscalYearsStartInAnyMonth() {
    TimeAxis fiscal = axis.calendar(DayOfWeek.MONDAY, Month.FEBRUARY);
    assertThat(fiscal.periods("metric_time >= date '2025-02-01'", "year"))
        .containsExactly("2025-02-01..2026-01-31", "2026-02-01..2026-03-31 partial");
    assertThat(fiscal.periods("year = date '2025-02-01'", "quarter"))
        .containsExactly(
            "2025-02-01..2025-04-30",
            "2025-05-01..2025-07-31",
            "2025-08-01..2025-10-31",
            "2025-11-01..2026-01-31");
    assertThat(fiscal.periods("year = date '2025-02-01'", "date_trunc('quarter', metric_time)"))
        .startsWith("2025-02-01..2025-03-31 of 2025-01-01 partial")
        .hasSize(5);
  }

  @Test
  void february2024Has29Days() {
    assertThat(axis.periods("month = date '2024-02-01'", "month"))
        .containsExactly("2024-02-01..2024-02-29");
    assertThat(axis.periods("metric_time = date '2024-02-29' + interval '1' year", "day"))
        .containsExactly("2025-02-28..2025-02-28");
  }

  @Test
  void daysOf23And25HoursAreDays() {
    Spine spring =
        axis.zone("America/Los_Angeles")
            .spine("metric_time between date '2025-03-08' and date '2025-03-10'", "day");
    assertThat(spring.instant(spring.bounds().get(1)))
        .isEqualTo(Instant.parse("2025-03-09T08:00:00Z"));
    assertThat(length(spring, 1)).isEqualTo(Duration.ofHours(23));
    Spine autumn =
        axis.zone("America/Los_Angeles")
            .spine("metric_time between date '2025-11-01' and date '2025-11-03'", "day");
    assertThat(length(autumn, 1)).isEqualTo(Duration.ofHours(25));
  }

  private static Duration length(Spine spine, int period) {
    return Duration.between(
        spine.instant(spine.bounds().get(period)), spine.instant(spine.bounds().get(period + 1)));
  }

  @Test
  void aDayThatBeginsAtOneOClockBeginsThere() {
    Spine day =
        axis.asOf("2018-11-05")
            .zone("America/Sao_Paulo")
            .spine("metric_time = date '2018-11-04'", "day");
    assertThat(day.instant(day.bounds().get(0))).isEqualTo(Instant.parse("2018-11-04T03:00:00Z"));
  }

  @Test
  void tooManyPeriodsAreRefused() {
    assertThatThrownBy(() -> axis.periods("metric_time >= date '1950-01-01'", "day"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("27849 periods; the most is 20000");
    assertThat(axis.periods("metric_time >= date '1975-01-01'", "day")).hasSize(18718);
  }
}
