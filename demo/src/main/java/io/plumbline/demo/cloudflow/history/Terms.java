package io.plumbline.demo.cloudflow.history;

/**
 * What a subscription is worth between two changes.
 *
 * @param unitAmount price of a seat per billing interval, in the currency's minor unit
 * @param discountPercent 0 for none
 */
public record Terms(
    Status status,
    Plan plan,
    int quantity,
    long unitAmount,
    int discountPercent,
    Discount discount) {

  /** How long a discount runs; only a recurring one changes MRR. */
  public enum Discount {
    NONE,
    ONCE,
    REPEATING,
    FOREVER;

    boolean recurs() {
      return this == REPEATING || this == FOREVER;
    }
  }

  public static Terms listPrice(Status status, Plan plan, int quantity) {
    return new Terms(status, plan, quantity, plan.unitAmount(), 0, Discount.NONE);
  }

  /** The price per month in hundredths of the currency, whether or not it counts. */
  public long monthlyPrice() {
    return quantity * seatPrice();
  }

  /** MRR in hundredths of the currency: the monthly price while the status counts. */
  public long mrr() {
    return status.counts() ? monthlyPrice() : 0;
  }

  /**
   * The price of one seat per month; prices are chosen so that it is a whole number of hundredths.
   */
  public long seatPrice() {
    int keptPercent = discount.recurs() ? 100 - discountPercent : 100;
    int months = plan.interval().months();
    long dividend = unitAmount * keptPercent * (100 / plan.currency().minorUnits());
    if (dividend % (100L * months) != 0) {
      throw new IllegalStateException("A seat of " + this + " has no whole monthly price");
    }
    return dividend / (100L * months);
  }

  public Terms with(Status other) {
    return new Terms(other, plan, quantity, unitAmount, discountPercent, discount);
  }

  Terms withQuantity(int other) {
    return new Terms(status, plan, other, unitAmount, discountPercent, discount);
  }

  Terms withUnitAmount(long other) {
    return new Terms(status, plan, quantity, other, discountPercent, discount);
  }

  Terms withPlan(Plan other, long otherUnitAmount) {
    return new Terms(status, other, quantity, otherUnitAmount, discountPercent, discount);
  }

  Terms withDiscount(int percent, Discount other) {
    return new Terms(status, plan, quantity, unitAmount, percent, other);
  }
}
