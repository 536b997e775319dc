package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrainTest {

  private static CalendarRules fiscalFrom(Month month) {
    return new CalendarRules(DayOfWeek.MONDAY, month);
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 2025-03-02, 2025-02-24",
    "MONDAY, 2025-03-03, 2025-03-03",
    "SUNDAY, 2025-03-01, 2025-02-23",
    "SUNDAY, 2025-03-02, 2025-03-02",
    "SATURDAY, 2025-01-01, 2024-12-28"
  })
  void weeksStartOnTheirFirstDay(DayOfWeek first, String day, String start) {
    CalendarRules rules = new CalendarRules(first, Month.JANUARY);
    assertThat(Grain.WEEK.start(day(day), rules)).isEqualTo(day(start));
  }

  @ParameterizedTest
  @CsvSource({
    "JANUARY, 2025-01-01, 2025-01-01, 2025-01-01",
    "JANUARY, 2025-12-31, 2025-10-01, 2025-01-01",
    "FEBRUARY, 2025-01-31, 2024-11-01, 2024-02-01",
    "FEBRUARY, 2025-02-01, 2025-02-01, 2025-02-01",
    "OCTOBER, 2025-09-30, 2025-07-01, 2024-10-01",
    "DECEMBER, 2024-02-29, 2023-12-01, 2023-12-01"
  })
  void quartersAndYearsFollowTheFiscalYear(Month first, String day, String quarter, String year) {
    CalendarRules rules = fiscalFrom(first);
    assertThat(Grain.QUARTER.start(day(day), rules)).isEqualTo(day(quarter));
    assertThat(Grain.YEAR.start(day(day), rules)).isEqualTo(day(year));
  }

  @ParameterizedTest
  @EnumSource(Grain.class)
  void everyDayIsInOneBucketWhateverTheFiscalYear(Grain grain) {
    for (Month month : Month.values()) {
      CalendarRules rules = fiscalFrom(month);
      LocalDate end = day("2025-03-02");
      for (LocalDate d = day("2023-12-25"); d.isBefore(end); d = d.plusDays(1)) {
        LocalDate start = grain.start(d, rules);
        LocalDate next = grain.next(start);
        assertThat(d).isAfterOrEqualTo(start).isBefore(next);
        assertThat(grain.start(next, rules)).isEqualTo(next);
        assertThat(grain.start(next.minusDays(1), rules)).isEqualTo(start);
      }
    }
  }

  @Test
  void theLeapDayIsInItsMonth() {
    assertThat(Grain.MONTH.start(day("2024-02-29"), CalendarRules.ISO))
        .isEqualTo(day("2024-02-01"));
    assertThat(Grain.MONTH.next(day("2024-02-01"))).isEqualTo(day("2024-03-01"));
    assertThat(Grain.DAY.next(day("2024-02-28"))).isEqualTo(day("2024-02-29"));
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, WEEK, true",
    "DAY, YEAR, true",
    "WEEK, WEEK, true",
    "WEEK, MONTH, false",
    "WEEK, YEAR, false",
    "MONTH, QUARTER, true",
    "MONTH, WEEK, false",
    "QUARTER, YEAR, true",
    "YEAR, MONTH, false"
  })
  void weeksNestInNothingElse(Grain fine, Grain coarse, boolean nests) {
    assertThat(fine.nestsIn(coarse)).isEqualTo(nests);
  }
}
