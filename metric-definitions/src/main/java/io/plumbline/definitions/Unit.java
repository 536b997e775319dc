package io.plumbline.definitions;

import java.util.Locale;

/** Unit of a metric. */
public enum Unit {
  /** Money in the reporting currency. */
  CURRENCY,
  /** A number of things. */
  COUNT,
  /** A fraction: 0.0211 is 2.11 percent. */
  RATIO,
  /** A score from -100 to 100. */
  SCORE,
  /** A word: no number. */
  TEXT;

  /** The word used in YAML. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
