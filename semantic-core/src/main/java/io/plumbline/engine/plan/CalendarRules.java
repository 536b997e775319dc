package io.plumbline.engine.plan;

import java.time.DayOfWeek;
import java.time.Month;

/** The rules by which days form weeks, quarters and years. */
public record CalendarRules(DayOfWeek weekStart, Month fiscalYearStart) {

  /** ISO weeks and calendar years: what {@code date_trunc} means, whatever the session says. */
  public static final CalendarRules ISO = new CalendarRules(DayOfWeek.MONDAY, Month.JANUARY);
}
