package io.plumbline.demo.cloudflow.history;

import java.util.Collections;
import java.util.List;

/**
 * A stream of pseudo-random choices (SplitMix64). Each purpose draws from a stream of its own, so
 * that a new table does not change the others; only strict arithmetic is used, so that every
 * machine draws the same.
 */
public final class Dice {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** The stream for a purpose. */
  public static Dice of(long seed, String purpose) {
    return new Dice(mix(seed ^ mix(purpose.hashCode() * GAMMA)));
  }

  /** The stream for a purpose and one of its things. */
  public static Dice of(long seed, String purpose, long id) {
    return new Dice(mix(seed ^ mix(purpose.hashCode() * GAMMA + mix(id + GAMMA))));
  }

  public long bits() {
    state += GAMMA;
    return mix(state);
  }

  /** At least 0, less than 1. */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  public boolean chance(double probability) {
    return uniform() < probability;
  }

  /** A whole number from low to high, both included. */
  public int between(int low, int high) {
    return low + (int) (uniform() * ((long) high - low + 1));
  }

  /** A whole number from low, included, to high, excluded. */
  public long instant(long low, long high) {
    return low + (long) (uniform() * (high - low));
  }

  public double between(double low, double high) {
    return low + uniform() * (high - low);
  }

  public double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Positive, skewed, with mean 1. */
  public double lognormal(double sigma) {
    return StrictMath.exp(sigma * gaussian() - sigma * sigma / 2);
  }

  /** How often something of this mean happens. */
  public int poisson(double mean) {
    double limit = StrictMath.exp(-Math.min(mean, 500));
    double product = uniform();
    int count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }

  public <T> T pick(List<T> items) {
    return items.get(between(0, items.size() - 1));
  }

  public <T> void shuffle(List<T> items) {
    for (int i = items.size() - 1; i > 0; i--) {
      Collections.swap(items, i, between(0, i));
    }
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
