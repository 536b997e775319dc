package io.plumbline.engine.plan;

import java.time.LocalDate;

/**
 * A bucket of the calendar, cut to the range that a query asks for.
 *
 * @param bucket the first day of the whole bucket
 * @param from the first day of the period
 * @param to the first day after it
 * @param asked whether the query wants a row for it, or it only fills a gap between such periods
 * @param complete whether it is a whole bucket that has ended by {@code as_of}
 */
public record Period(
    LocalDate bucket, LocalDate from, LocalDate to, boolean asked, boolean complete) {

  public Period {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("empty period " + from + " - " + to);
    }
  }

  public LocalDate lastDay() {
    return to.minusDays(1);
  }
}
