package io.plumbline.demo.cloudflow.history;

/**
 * Identifiers of a prefix and a number with leading zeros; written by the hundred thousand, so
 * without a formatter.
 */
public final class Ids {
  private Ids() {}

  public static String of(String prefix, int width, long number) {
    String digits = Long.toString(number);
    return prefix + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
