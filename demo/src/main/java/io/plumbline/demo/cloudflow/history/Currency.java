package io.plumbline.demo.cloudflow.history;

/** A billing currency. */
public enum Currency {
  USD(100),
  EUR(100),
  GBP(100),
  JPY(1);

  private final int minorUnits;

  Currency(int minorUnits) {
    this.minorUnits = minorUnits;
  }

  /** Minor units in one of the currency: 100 cents, or 1 for the yen, which has none. */
  public int minorUnits() {
    return minorUnits;
  }
}
