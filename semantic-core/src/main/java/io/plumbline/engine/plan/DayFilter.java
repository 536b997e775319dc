package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The days that filters over time columns select. What a filter says can change only where one of
 * its columns does, so years of months are asked month by month.
 *
 * @param filters all must hold
 * @param columns the time columns that the filters mention, by their input
 */
record DayFilter(
    List<CalendarExpression> filters, Map<Integer, TimeColumn> columns, CalendarRules rules) {

  boolean selects(LocalDate day) {
    for (CalendarExpression filter : filters) {
      if (!Boolean.TRUE.equals(filter.evaluate(i -> value(i, day)))) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object value(int input, LocalDate day) {
    return Objects.requireNonNull(columns.get(input)).onDay(day, rules);
  }

  /** The first day after a day that may be answered otherwise. */
  LocalDate nextChange(LocalDate day) {
    LocalDate next = LocalDate.MAX;
    for (TimeColumn column : columns.values()) {
      LocalDate change = column.nextChange(day, rules);
      next = change.isBefore(next) ? change : next;
    }
    return next;
  }
}
