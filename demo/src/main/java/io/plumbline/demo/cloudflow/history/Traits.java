package io.plumbline.demo.cloudflow.history;

/** Facts about accounts that several tables and the answer key share. */
public final class Traits {
  private static final double TARGET_MARKET = 0.72;

  private final long seed;

  Traits(long seed) {
    this.seed = seed;
  }

  public boolean isTargetMarket(Account account) {
    return Dice.of(seed, "target market", account.id()).chance(TARGET_MARKET);
  }
}
