package io.plumbline.demo.cloudflow.history;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Dollars per unit of a currency, day by day. Rates have few decimals, so that round sums in a
 * currency are whole cents in dollars.
 */
public final class ExchangeRates {
  /** The first day with a rate; a little before the history, so that every day of it has one. */
  public static final LocalDate FIRST = LocalDate.of(2023, 1, 1);

  private static final int DAYS = (int) (Timeline.AS_OF.toEpochDay() - FIRST.toEpochDay()) + 1;

  private final Map<Currency, long[]> rates = new EnumMap<>(Currency.class);

  public ExchangeRates(long seed) {
    rates.put(Currency.USD, constant());
    rates.put(Currency.EUR, walk(Dice.of(seed, "fx EUR"), 10_800));
    rates.put(Currency.GBP, walk(Dice.of(seed, "fx GBP"), 12_600));
    rates.put(Currency.JPY, walk(Dice.of(seed, "fx JPY"), 6_800));
  }

  /** The rate of a day. */
  public BigDecimal rate(Currency currency, LocalDate day) {
    return BigDecimal.valueOf(steps(currency, day), decimals(currency));
  }

  /**
   * Cents of a dollar for hundredths of a currency, rounded; for steering, never for the answer
   * key.
   */
  long toCents(Currency currency, long hundredths, LocalDate day) {
    return Math.round(
        (double) hundredths * steps(currency, day) / StrictMath.pow(10, decimals(currency)));
  }

  /** The hundredths of a currency whose multiples are whole cents in dollars at every rate. */
  static long roundSum(Currency currency) {
    return switch (currency) {
      case USD -> 1;
      case EUR, GBP -> 10_000;
      case JPY -> 1_000_000;
    };
  }

  private long steps(Currency currency, LocalDate day) {
    return rates.get(currency)[(int) (day.toEpochDay() - FIRST.toEpochDay())];
  }

  private static int decimals(Currency currency) {
    return currency == Currency.JPY ? 6 : 4;
  }

  private static long[] constant() {
    long[] rates = new long[DAYS];
    Arrays.fill(rates, 10_000);
    return rates;
  }

  /** A random walk that is drawn back to where it began. */
  private static long[] walk(Dice dice, long mean) {
    long[] rates = new long[DAYS];
    double rate = mean;
    for (int day = 0; day < DAYS; day++) {
      rate += rate * 0.004 * dice.gaussian() + 0.004 * (mean - rate);
      rates[day] = Math.round(rate);
    }
    return rates;
  }
}
