package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import java.time.DayOfWeek;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of time expressions as PostgreSQL has them, on the last day of 2025, a Wednesday. */
class CalendarExpressionsTest {

  private final TimeAxis axis = TimeAxis.STANDARD;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      nullValues = "null",
      value = {
        "metric_time; 2025-12-31",
        "week; 2025-12-29",
        "month; 2025-12-01",
        "quarter; 2025-10-01",
        "year; 2025-01-01",
        "date_trunc('month', metric_time); 2025-12-01T00:00",
        "floor(metric_time to quarter); 2025-10-01",
        "extract(year from metric_time); 2025",
        "extract(isoyear from metric_time); 2026",
        "extract(week from metric_time); 1",
        "extract(quarter from metric_time); 4",
        "extract(doy from metric_time); 365",
        "extract(dow from metric_time); 3",
        "extract(isodow from metric_time); 3",
        "extract(dow from date '2025-12-28'); 0",
        "extract(isodow from date '2025-12-28'); 7",
        "extract(day from metric_time); 31",
        "extract(month from metric_time) / 5.0; 2.4",
        "metric_time + interval '2' month; 2026-02-28",
        "metric_time - interval '1' month; 2025-11-30",
        "metric_time + interval '1 year 2 days'; 2027-01-02",
        "metric_time + 1; 2026-01-01",
        "metric_time - 31; 2025-11-30",
        "metric_time - month; 30",
        "last_day(metric_time - 31); 2025-11-30",
        "to_char(metric_time, 'YYYY-MM-DD'); 2025-12-31",
        "to_char(metric_time, 'YYYY-Q'); 2025-4",
        "cast(metric_time as varchar); 2025-12-31",
        "cast(cast(month as timestamp) as varchar); 2025-12-01 00:00:00",
        "cast(timestamp '2025-12-01 10:30:00' as varchar); 2025-12-01 10:30:00",
        "cast(month as timestamp) || '!'; 2025-12-01 00:00:00!",
        "to_date('2025-02-01', 'YYYY-MM-DD'); 2025-02-01",
        "make_date(2024, 2, 29); 2024-02-29",
        "coalesce(cast(null as date), month); 2025-12-01",
        "case when metric_time > month then 1 else 2 end; 1",
        "metric_time is null; false",
        "metric_time = cast(null as date); null",
        "metric_time = cast(null as date) and 1 = 0; false",
        "metric_time = cast(null as date) or 1 = 1; true",
        "metric_time between month and week; false",
        "metric_time in (date '2025-12-31', date '2025-12-30'); true",
        "metric_time not in (date '2025-12-31', date '2025-12-30'); false",
        "(metric_time = cast(null as date)) is not true; true",
        "current_date; 2026-03-31",
        "'a' || 'b'; ab"
      })
  void expressionsHaveTheValueThatPostgresGives(String expression, String value) {
    Object actual = axis.valueOn("2025-12-31", expression);
    assertThat(actual == null ? null : actual.toString()).isEqualTo(value);
  }

  @Test
  void columnsFollowTheSessionsCalendar() {
    TimeAxis fiscal = axis.calendar(DayOfWeek.SUNDAY, Month.FEBRUARY);
    assertThat(fiscal.valueOn("2025-12-31", "week")).hasToString("2025-12-28");
    assertThat(fiscal.valueOn("2025-12-31", "quarter")).hasToString("2025-11-01");
    assertThat(fiscal.valueOn("2025-12-31", "date_trunc('quarter', metric_time)"))
        .hasToString("2025-10-01T00:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random() > 0.5",
        "md5(cast(metric_time as varchar))",
        "to_char(metric_time, 'Day')",
        "to_char(metric_time, 'IYYY-IW')",
        "to_date('01/02/2025', 'DD/MM/YYYY')",
        "to_date('2025-02-01', 'YYYY-DD-MM')",
        "extract(month from metric_time) / 0",
        "extract(century from metric_time)",
        "make_date(2025, 2, 29)"
      })
  void whatTheCalendarDoesNotKnowIsRefusedAndNeverGuessed(String expression) {
    assertThatThrownBy(() -> axis.valueOn("2025-12-31", expression))
        .isInstanceOf(QueryException.class);
  }
}
