package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** Days of the history, counted from its first. */
public final class Days {
  public static final int COUNT =
      (int) (Timeline.AS_OF.toEpochDay() - Timeline.START.toEpochDay()) + 1;

  /** The first day of which single users' activity is kept. */
  public static final int FIRST_OF_USERS = COUNT - 400;

  /** The first day of which their features are kept. */
  public static final int FIRST_OF_FEATURES = COUNT - 120;

  private static final double[] WEEKDAY = new double[COUNT];

  static {
    for (int day = 0; day < COUNT; day++) {
      DayOfWeek weekday = date(day).getDayOfWeek();
      // Five days at 1.2 and two at 0.5 average to 1.
      WEEKDAY[day] = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY ? 0.5 : 1.2;
    }
  }

  private Days() {}

  public static LocalDate date(int day) {
    return Timeline.START.plusDays(day);
  }

  public static int of(long instant) {
    return (int) Math.floorDiv(instant - Timeline.monthStart(0), Timeline.DAY);
  }

  public static int of(LocalDate date) {
    return (int) (date.toEpochDay() - Timeline.START.toEpochDay());
  }

  public static long start(int day) {
    return Timeline.monthStart(0) + day * Timeline.DAY;
  }

  /** How much busier than the average a day of the week is. */
  static double weekdayFactor(int day) {
    return WEEKDAY[day];
  }
}
