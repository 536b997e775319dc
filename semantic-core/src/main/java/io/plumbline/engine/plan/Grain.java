package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Length of a period, from fine to coarse. */
public enum Grain {
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR;

  /** First day of the bucket that holds a day. */
  public LocalDate start(LocalDate day, CalendarRules rules) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(rules.weekStart()));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> fiscalStart(day, 3, rules);
      case YEAR -> fiscalStart(day, 12, rules);
    };
  }

  /** First day of the bucket after the one that starts on a day. */
  public LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
      case QUARTER -> start.plusMonths(3);
      case YEAR -> start.plusYears(1);
    };
  }

  /** Whether every bucket of this grain lies in one bucket of the other. */
  public boolean nestsIn(Grain coarser) {
    return this == DAY
        || this == coarser
        || (this != WEEK && coarser != WEEK && compareTo(coarser) < 0);
  }

  private static LocalDate fiscalStart(LocalDate day, int months, CalendarRules rules) {
    int since = Math.floorMod(day.getMonthValue() - rules.fiscalYearStart().getValue(), months);
    return day.withDayOfMonth(1).minusMonths(since);
  }
}
