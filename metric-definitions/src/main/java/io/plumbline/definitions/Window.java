package io.plumbline.definitions;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which days up to the end of a period a cumulative metric reads. */
public sealed interface Window {

  /** So many days that end with the period. */
  record Days(int count) implements Window {
    public Days {
      requirePlausible(count);
    }
  }

  /** So many months of the calendar that end with the period. */
  record Months(int count) implements Window {
    public Months {
      requirePlausible(count);
    }
  }

  /** From the start of the month, quarter or year in which the period ends. */
  record ToDate(Unit unit) implements Window {

    /** What begins the window anew. */
    public enum Unit {
      MONTH,
      QUARTER,
      YEAR
    }
  }

  /** From the beginning of the data. */
  record Unbounded() implements Window {}

  /** Reads {@code 30 days}, {@code 12 months}, {@code month to date} and {@code unbounded}. */
  static Optional<Window> parse(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (words.equals("unbounded")) {
      return Optional.of(new Unbounded());
    }
    Matcher trailing = Pattern.compile("([1-9][0-9]{0,3}) (day|month)s?").matcher(words);
    if (trailing.matches()) {
      int count = Integer.parseInt(trailing.group(1));
      return Optional.of(trailing.group(2).equals("day") ? new Days(count) : new Months(count));
    }
    Matcher toDate = Pattern.compile("(month|quarter|year) to date").matcher(words);
    return toDate.matches()
        ? Optional.of(new ToDate(ToDate.Unit.valueOf(toDate.group(1).toUpperCase(Locale.ROOT))))
        : Optional.empty();
  }

  private static void requirePlausible(int count) {
    if (count < 1 || count > 9999) {
      throw new IllegalArgumentException("a window of " + count);
    }
  }
}
