package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The windows of a cumulative metric: that of period j (from 1) is {@code [starts(j-1),
 * ends(j-1))}. Neither bound ever goes back, so that the periods whose window holds a day are
 * neighbours.
 *
 * @param starts empty if the windows reach back to the beginning of the data
 * @param ends one for each period
 */
record WindowBounds(Optional<List<LocalDate>> starts, List<LocalDate> ends) {

  WindowBounds {
    starts = starts.map(List::copyOf);
    ends = List.copyOf(ends);
  }

  static WindowBounds of(Metric.Cumulative metric, Spine spine) {
    List<LocalDate> starts = new ArrayList<>();
    List<LocalDate> ends = new ArrayList<>();
    boolean byCalendar = metric.calendarMonth() && spine.grain().equals(Optional.of(Grain.MONTH));
    Window window = byCalendar ? new Window.ToDate(Window.ToDate.Unit.MONTH) : metric.window();
    for (Period period : spine.periods()) {
      LocalDate end = period.to().minusDays(metric.offsetDays());
      ends.add(end);
      start(window, end, spine.rules()).ifPresent(starts::add);
    }
    return new WindowBounds(
        window instanceof Window.Unbounded ? Optional.empty() : Optional.of(starts), ends);
  }

  /** The first day of the window that ends before a day; nothing if it has none. */
  private static Optional<LocalDate> start(Window window, LocalDate end, CalendarRules rules) {
    if (window instanceof Window.Days days) {
      return Optional.of(end.minusDays(days.count()));
    }
    if (window instanceof Window.Months months) {
      return Optional.of(end.minusMonths(months.count()));
    }
    if (window instanceof Window.ToDate toDate) {
      return Optional.of(grain(toDate).start(end.minusDays(1), rules));
    }
    return Optional.empty();
  }

  private static Grain grain(Window.ToDate window) {
    return switch (window.unit()) {
      case MONTH -> Grain.MONTH;
      case QUARTER -> Grain.QUARTER;
      case YEAR -> Grain.YEAR;
    };
  }

  /** Whether no day lies in two windows, as in those of days by day, and if there is only one. */
  boolean apart() {
    if (starts.isEmpty()) {
      return ends.size() == 1;
    }
    List<LocalDate> begun = starts.get();
    return IntStream.range(1, ends.size()).noneMatch(j -> begun.get(j).isBefore(ends.get(j - 1)));
  }

  Optional<LocalDate> first() {
    return starts.map(days -> days.get(0));
  }

  LocalDate end() {
    return ends.get(ends.size() - 1);
  }
}
