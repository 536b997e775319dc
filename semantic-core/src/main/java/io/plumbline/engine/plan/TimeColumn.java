package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A time column of a semantic table. */
public enum TimeColumn {
  METRIC_TIME(
      "The day. Grouping by it means days; filters on it choose days.", Optional.of(Grain.DAY)),
  DAY("The day.", Optional.of(Grain.DAY)),
  WEEK("First day of the week.", Optional.of(Grain.WEEK)),
  MONTH("First day of the month.", Optional.of(Grain.MONTH)),
  QUARTER("First day of the quarter, of the session's fiscal year.", Optional.of(Grain.QUARTER)),
  YEAR("First day of the year, of the session's fiscal year.", Optional.of(Grain.YEAR)),
  PERIOD_START("First day of the period: the bucket cut to the range.", Optional.empty()),
  PERIOD_END("Last day of the period: the bucket cut to the range.", Optional.empty()),
  IS_COMPLETE("Whether the period is a whole bucket that has ended by as_of.", Optional.empty());

  private final String description;
  private final Optional<Grain> grain;

  TimeColumn(String description, Optional<Grain> grain) {
    this.description = description;
    this.grain = grain;
  }

  /** All time columns in the order in which a semantic table has them. */
  public static List<TimeColumn> inOrder() {
    return Arrays.asList(values());
  }

  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  /**
   * The grain that grouping by this column asks for; empty for columns that describe the period.
   */
  public Optional<Grain> grain() {
    return grain;
  }

  /** The value on a day; only for columns with a grain. */
  LocalDate onDay(LocalDate day, CalendarRules rules) {
    return grain.orElseThrow().start(day, rules);
  }

  /** The first day after a day on which the value is another; only for columns with a grain. */
  LocalDate nextChange(LocalDate day, CalendarRules rules) {
    Grain length = grain.orElseThrow();
    return length.next(length.start(day, rules));
  }

  /** The value for a period. */
  Object ofPeriod(Period period, CalendarRules rules) {
    return switch (this) {
      case PERIOD_START -> period.from();
      case PERIOD_END -> period.lastDay();
      case IS_COMPLETE -> period.complete();
      default -> onDay(period.bucket(), rules);
    };
  }
}
