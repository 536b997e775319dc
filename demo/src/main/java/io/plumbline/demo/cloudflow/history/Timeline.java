package io.plumbline.demo.cloudflow.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The 36 months of the company's history, in UTC. Instants are seconds since 1970; months and days
 * count from the start.
 */
public final class Timeline {
  public static final LocalDate START = LocalDate.of(2023, 3, 1);
  public static final LocalDate AS_OF = LocalDate.of(2026, 2, 28);
  public static final int MONTHS = 36;

  /** The last month of the cohort that the twelve-month rates look at. */
  public static final int COHORT_MONTH = 23;

  public static final long DAY = 86_400;

  /** The wall clock of the legacy writer. */
  public static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  private Timeline() {}

  public static YearMonth month(int index) {
    return YearMonth.from(START).plusMonths(index);
  }

  /** The first instant of a month; for {@link #MONTHS}, the end of history. */
  public static long monthStart(int index) {
    return dayStart(month(index).atDay(1));
  }

  public static long monthEnd(int index) {
    return monthStart(index + 1);
  }

  public static long end() {
    return monthStart(MONTHS);
  }

  public static long dayStart(LocalDate day) {
    return day.toEpochDay() * DAY;
  }

  public static LocalDate day(long instant) {
    return LocalDate.ofEpochDay(Math.floorDiv(instant, DAY));
  }

  public static int monthOf(long instant) {
    LocalDate day = day(instant);
    return (day.getYear() - START.getYear()) * 12 + day.getMonthValue() - START.getMonthValue();
  }

  public static LocalDateTime utc(long instant) {
    return LocalDateTime.ofEpochSecond(instant, 0, ZoneOffset.UTC);
  }

  /**
   * The same wall clock some months later, on the month's last day where the day does not exist.
   */
  public static long plusMonths(long instant, int months) {
    return utc(instant).plusMonths(months).toEpochSecond(ZoneOffset.UTC);
  }

  public static LocalDateTime pacific(long instant) {
    return LocalDateTime.ofEpochSecond(
        instant, 0, PACIFIC.getRules().getOffset(Instant.ofEpochSecond(instant)));
  }

  /**
   * The instant that PostgreSQL's {@code AT TIME ZONE 'America/Los_Angeles'} gives a wall clock:
   * the later one in the hour that happens twice, and the offset before the change in the hour that
   * does not happen.
   */
  public static long fromPacific(LocalDateTime wallClock) {
    return ZonedDateTime.ofLocal(wallClock, PACIFIC, null)
        .withLaterOffsetAtOverlap()
        .toEpochSecond();
  }
}
