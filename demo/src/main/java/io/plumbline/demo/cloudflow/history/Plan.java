package io.plumbline.demo.cloudflow.history;

/**
 * A plan in one currency.
 *
 * @param unitAmount list price of a seat per billing interval, in the currency's minor unit
 */
public record Plan(
    String id,
    String tier,
    Interval interval,
    Currency currency,
    long unitAmount,
    int includedSeats) {

  /** How often a plan bills. */
  public enum Interval {
    MONTHLY("month", 1, 1),
    QUARTERLY("month", 3, 3),
    ANNUAL("year", 1, 12);

    private final String unit;
    private final int count;
    private final int months;

    Interval(String unit, int count, int months) {
      this.unit = unit;
      this.count = count;
      this.months = months;
    }

    public String unit() {
      return unit;
    }

    public int count() {
      return count;
    }

    public int months() {
      return months;
    }
  }

  public boolean isFree() {
    return unitAmount == 0;
  }
}
