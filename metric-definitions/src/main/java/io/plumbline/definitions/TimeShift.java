package io.plumbline.definitions;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much earlier a metric is read than in the period that it is shown for. */
public sealed interface TimeShift {

  /** So many periods of the query's grain; where it has none, so many lengths of its range. */
  record Periods(int count) implements TimeShift {
    public Periods {
      if (count < 1 || count > 1000) {
        throw new IllegalArgumentException("a shift of " + count + " periods");
      }
    }
  }

  /** The same period of the year before; of weeks the one 52 weeks earlier. */
  record LastYear() implements TimeShift {}

  /** Reads {@code previous period}, {@code previous 3 periods}, {@code same period last year}. */
  static Optional<TimeShift> parse(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (words.equals("same period last year")) {
      return Optional.of(new LastYear());
    }
    if (words.equals("previous period")) {
      return Optional.of(new Periods(1));
    }
    Matcher several = Pattern.compile("previous ([1-9][0-9]{0,2}) periods").matcher(words);
    return several.matches()
        ? Optional.of(new Periods(Integer.parseInt(several.group(1))))
        : Optional.empty();
  }
}
