package io.plumbline.demo.cloudflow.history;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Sums of MRR at the end of a month, by currency first, as the answer key does it. */
final class MonthEnd {
  private final ExchangeRates rates;
  private final LocalDate day;

  MonthEnd(ExchangeRates rates, int month) {
    this.rates = rates;
    this.day = Timeline.month(month).atEndOfMonth();
  }

  /** Cents of a dollar. */
  long cents(Collection<Customer> customers) {
    return dollars(sums(customers))
        .movePointRight(2)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  long cents(Currency currency, long hundredths) {
    return rates.toCents(currency, hundredths, day);
  }

  /** Hundredths of each currency. */
  Map<Currency, Long> sums(Collection<Customer> customers) {
    Map<Currency, Long> sums = new EnumMap<>(Currency.class);
    for (Customer customer : customers) {
      sums.merge(customer.account().currency(), customer.account().mrr(), Long::sum);
    }
    return sums;
  }

  BigDecimal dollars(Map<Currency, Long> hundredths) {
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<Currency, Long> sum : hundredths.entrySet()) {
      total =
          total.add(BigDecimal.valueOf(sum.getValue(), 2).multiply(rates.rate(sum.getKey(), day)));
    }
    return total;
  }
}
