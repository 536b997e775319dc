package io.plumbline.it.histories;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is asked of every history: all metrics of a list, by period.
 *
 * @param grain a time column; empty to ask for the range as one period
 * @param from the first day
 * @param to the day after the last one
 * @param byManager whether managers are grouped as well
 * @param knownAt the second time axis; empty for what is known now
 */
record Question(
    Optional<String> grain,
    LocalDate from,
    LocalDate to,
    ZoneId zone,
    boolean byManager,
    Optional<Instant> knownAt,
    List<String> metrics) {

  /** A bucket cut to the range. */
  record Span(LocalDate bucket, LocalDate from, LocalDate to) {}

  Question {
    metrics = List.copyOf(metrics);
  }

  /** The keys that identify an answer's row, in the order of its first columns. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    grain.ifPresent(keys::add);
    keys.add("region");
    if (byManager) {
      keys.add("csm");
    }
    return keys;
  }

  String sql() {
    String keys = String.join(", ", keys());
    String values =
        metrics.stream().map(m -> "aggregate(" + m + ") as " + m).collect(Collectors.joining(", "));
    return "select %s, %s from metrics.revenue where metric_time >= date '%s' and metric_time < date '%s' group by %s"
        .formatted(keys, values, from, to, keys);
  }

  /** The periods, by a calendar of our own. */
  List<Span> spans() {
    if (grain.isEmpty()) {
      return List.of(new Span(from, from, to));
    }
    List<Span> spans = new ArrayList<>();
    LocalDate start = from;
    while (start.isBefore(to)) {
      LocalDate next = next(start);
      LocalDate end = next.isBefore(to) ? next : to;
      spans.add(new Span(bucket(start), start, end));
      start = end;
    }
    return spans;
  }

  private LocalDate bucket(LocalDate day) {
    return switch (grain.orElseThrow()) {
      case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "month" -> day.withDayOfMonth(1);
      case "quarter" -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
      case "year" -> day.withDayOfYear(1);
      default -> day;
    };
  }

  private LocalDate next(LocalDate day) {
    LocalDate bucket = bucket(day);
    return switch (grain.orElseThrow()) {
      case "week" -> bucket.plusWeeks(1);
      case "month" -> bucket.plusMonths(1);
      case "quarter" -> bucket.plusMonths(3);
      case "year" -> bucket.plusYears(1);
      default -> bucket.plusDays(1);
    };
  }
}
