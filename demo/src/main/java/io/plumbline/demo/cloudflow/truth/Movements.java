package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Currency;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * The movements of a group of accounts between two instants. Accounts are added one by one; money
 * is kept by currency, so that the rates of both instants are applied to sums.
 */
final class Movements {

  /** A sum of money; hundredths of each currency. */
  enum Sum {
    OPENING,
    CLOSING,
    NEW,
    REACTIVATION,
    EXPANSION,
    CONTRACTION,
    CHURNED,
    /** Closing of those who pay at both instants. */
    RETAINED,
    /** The smaller of both, of those who paid at the opening. */
    KEPT
  }

  /** A number of accounts. */
  enum Count {
    OPENING,
    CLOSING,
    NEW,
    REACTIVATION,
    EXPANSION,
    CONTRACTION,
    CHURNED
  }

  private final Map<Sum, Map<Currency, Long>> sums = new EnumMap<>(Sum.class);
  private final Map<Count, Integer> counts = new EnumMap<>(Count.class);
  private final ExchangeRates rates;
  private final long from;
  private final long to;

  Movements(ExchangeRates rates, long from, long to) {
    this.rates = rates;
    this.from = from;
    this.to = to;
  }

  void add(AccountPath path) {
    long opening = path.at(from);
    long closing = path.at(to);
    if (opening == 0 && closing == 0) {
      return;
    }
    Currency currency = path.account().currency();
    add(Sum.OPENING, Count.OPENING, currency, opening);
    add(Sum.CLOSING, Count.CLOSING, currency, closing);
    if (opening == 0) {
      boolean returned = path.paidBefore(from);
      add(
          returned ? Sum.REACTIVATION : Sum.NEW,
          returned ? Count.REACTIVATION : Count.NEW,
          currency,
          closing);
    } else if (closing == 0) {
      add(Sum.CHURNED, Count.CHURNED, currency, opening);
    } else {
      add(Sum.EXPANSION, Count.EXPANSION, currency, Math.max(0, closing - opening));
      add(Sum.CONTRACTION, Count.CONTRACTION, currency, Math.max(0, opening - closing));
      merge(Sum.RETAINED, currency, closing);
      merge(Sum.KEPT, currency, Math.min(opening, closing));
    }
  }

  private void add(Sum sum, Count count, Currency currency, long hundredths) {
    if (hundredths > 0) {
      merge(sum, currency, hundredths);
      counts.merge(count, 1, Integer::sum);
    }
  }

  private void merge(Sum sum, Currency currency, long hundredths) {
    sums.computeIfAbsent(sum, key -> new EnumMap<>(Currency.class))
        .merge(currency, hundredths, Long::sum);
  }

  int count(Count count) {
    return counts.getOrDefault(count, 0);
  }

  BigDecimal atOpeningRate(Sum sum) {
    return dollars(sum, from);
  }

  BigDecimal atClosingRate(Sum sum) {
    return dollars(sum, to);
  }

  /** What rates did to those who pay at both instants. */
  BigDecimal fxImpact() {
    return atClosingRate(Sum.RETAINED).subtract(atOpeningRate(Sum.RETAINED));
  }

  private BigDecimal dollars(Sum sum, long instant) {
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<Currency, Long> part : sums.getOrDefault(sum, Map.of()).entrySet()) {
      BigDecimal rate = rates.rate(part.getKey(), Timeline.day(instant - 1));
      total = total.add(BigDecimal.valueOf(part.getValue(), 2).multiply(rate));
    }
    return total;
  }
}
