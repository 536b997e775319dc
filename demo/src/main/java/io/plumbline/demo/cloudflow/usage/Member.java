package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Dice;

/**
 * A user of a workspace.
 *
 * @param from the first day
 * @param to the day after the last on which the user may be active
 * @param chance of being active on an average day
 */
public record Member(long id, int from, int to, double chance, boolean dormant, long salt) {
  private static final int DORMANT_AFTER = 30;

  static Member draw(long id, int from, int to, boolean dormant, Dice dice) {
    double draw = dice.uniform();
    // 40 % at 0.65, 40 % at 0.3, 20 % at 0.1: on average 0.4, and nearly everyone comes in a month.
    double chance = dormant ? 0.12 : draw < 0.4 ? 0.65 : draw < 0.8 ? 0.3 : 0.1;
    return new Member(id, from, to, chance, dormant, dice.bits());
  }

  /** Whether the user is active; the same answer every time. */
  boolean isActive(int day, double factor) {
    if (day < from || day >= to || (dormant && day >= from + DORMANT_AFTER)) {
      return false;
    }
    return uniform(day) < chance * Days.weekdayFactor(day) * factor;
  }

  /** A draw of the user and the day. */
  public long bits(int day) {
    long z = salt + day * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private double uniform(int day) {
    return (bits(day) >>> 11) * 0x1.0p-53;
  }
}
