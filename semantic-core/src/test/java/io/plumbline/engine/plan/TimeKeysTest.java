package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeKeysTest {

  private final TimeAxis axis = TimeAxis.STANDARD;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "metric_time; DAY",
        "day; DAY",
        "week; WEEK",
        "month; MONTH",
        "quarter; QUARTER",
        "year; YEAR",
        "date_trunc('day', metric_time); DAY",
        "date_trunc('week', metric_time); WEEK",
        "date_trunc('month', metric_time); MONTH",
        "date_trunc('month', cast(metric_time as timestamp)); MONTH",
        "cast(date_trunc('quarter', metric_time) as date); QUARTER",
        "floor(metric_time to year); YEAR",
        "extract(year from metric_time); YEAR",
        "year(metric_time); YEAR",
        "date_part('year', metric_time); YEAR",
        "extract(year from metric_time), extract(quarter from metric_time); QUARTER",
        "extract(year from metric_time), extract(month from metric_time); MONTH",
        "extract(quarter from metric_time), extract(year from metric_time); QUARTER",
        "extract(year from metric_time), extract(doy from metric_time); DAY",
        "extract(isoyear from metric_time), extract(week from metric_time); WEEK",
        "extract(year from month), extract(month from month); MONTH",
        "extract(month from metric_time), month; MONTH",
        "extract(dow from metric_time), week; DAY",
        "extract(day from metric_time), month; DAY",
        "extract(epoch from metric_time); DAY",
        "to_char(metric_time, 'YYYY'); YEAR",
        "to_char(metric_time, 'YYYY-MM'); MONTH",
        "to_char(metric_time, 'YYYY-MM-DD'); DAY",
        "month, quarter, year; MONTH",
        "day, week, month; DAY",
        "date_trunc('month', quarter); QUARTER",
        "date_trunc('quarter', month); QUARTER",
        "metric_time + interval '1' day; DAY",
        "month, is_complete, period_start; MONTH"
      })
  void aGroupingHasTheFinestGrainOfItsKeys(String keys, Grain grain) {
    assertThat(axis.key(keys)).hasValueSatisfying(key -> assertThat(key.grain()).isEqualTo(grain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"period_start", "period_end", "is_complete", "current_date"})
  void whatDescribesThePeriodAsksForNoGrain(String key) {
    assertThat(axis.key(key)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "week, month; a week can lie in two of them",
        "week, year; a week can lie in two of them",
        "date_trunc('month', week); a week can lie in two of them",
        "date_trunc('week', metric_time), extract(year from metric_time); a week can lie in two of"
            + " them",
        "extract(year from metric_time), extract(week from metric_time); a week can lie in two"
            + " years",
        "extract(month from metric_time); extract(month ...) alone would add up different years",
        "extract(quarter from metric_time); alone would add up different years",
        "month(metric_time); alone would add up different years",
        "to_char(metric_time, 'MM'); alone would add up different years",
        "date_trunc('hour', metric_time); metrics have no grain 'hour'",
        "date_trunc('decade', metric_time); metrics have no grain 'decade'"
      })
  void keysWithoutOneGrainAreRefused(String keys, String reason) {
    assertThatThrownBy(() -> axis.key(keys)).hasMessageContaining(reason);
  }

  @Test
  void columnsFollowTheSessionsCalendarAndDateTruncDoesNot() {
    TimeAxis fiscal = axis.calendar(DayOfWeek.SUNDAY, Month.FEBRUARY);

    assertThat(fiscal.key("quarter").orElseThrow().rules()).isEqualTo(fiscal.settings().calendar());
    assertThat(fiscal.key("date_trunc('quarter', metric_time)").orElseThrow().rules())
        .isEqualTo(CalendarRules.ISO);
    assertThatThrownBy(() -> fiscal.key("quarter", "date_trunc('quarter', metric_time)"))
        .hasMessageContaining("the column quarter follows the session's calendar");
    assertThatThrownBy(() -> fiscal.key("week", "date_trunc('week', metric_time)"))
        .hasMessageContaining("the column week follows the session's calendar");
    assertThat(fiscal.key("month", "date_trunc('month', metric_time)")).isPresent();
    assertThat(axis.key("quarter", "date_trunc('quarter', metric_time)")).isPresent();
  }
}
