package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A period of the answer key.
 *
 * @param start its first day, also where it begins before the history
 * @param from its first instant
 * @param to the instant after it, at most the end of history
 */
record Period(String grain, LocalDate start, long from, long to) {

  /** Every month, then every quarter, that the history touches. */
  static List<Period> all() {
    List<Period> periods = new ArrayList<>(of("month", Timeline.START, 1));
    periods.addAll(of("quarter", LocalDate.of(2023, 1, 1), 3));
    return periods;
  }

  private static List<Period> of(String grain, LocalDate first, int months) {
    List<Period> periods = new ArrayList<>();
    for (LocalDate start = first;
        Timeline.dayStart(start) < Timeline.end();
        start = start.plusMonths(months)) {
      long to = Math.min(Timeline.dayStart(start.plusMonths(months)), Timeline.end());
      periods.add(new Period(grain, start, Timeline.dayStart(start), to));
    }
    return periods;
  }

  boolean covers(long instant) {
    return from <= instant && instant < to;
  }

  int months() {
    return grain.equals("month") ? 1 : 3;
  }
}
