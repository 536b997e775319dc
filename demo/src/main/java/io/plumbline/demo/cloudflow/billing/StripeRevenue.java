package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Currency;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Recurring revenue as invoices show it: per subscription item, the newest line that covers the
 * instant, of an invoice that is paid or open; after a change within the period, the new price
 * times the new quantity.
 */
public final class StripeRevenue {
  private final ExchangeRates rates;
  private final List<Invoice> invoices;

  StripeRevenue(ExchangeRates rates, List<Invoice> invoices) {
    this.rates = rates;
    this.invoices = invoices;
  }

  private record Newest(InvoiceLine line, Currency currency) {}

  /** Dollars of the accounts that count and fulfil the condition. */
  public BigDecimal dollars(long instant, Predicate<Account> condition) {
    BigDecimal total = BigDecimal.ZERO;
    for (Newest newest : newest(instant, condition).values()) {
      BigDecimal rate = rates.rate(newest.currency(), Timeline.day(instant - 1));
      total = total.add(BigDecimal.valueOf(newest.line().monthly(), 2).multiply(rate));
    }
    return total;
  }

  long cents(long instant) {
    return dollars(instant, account -> true)
        .movePointRight(2)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private Map<String, Newest> newest(long instant, Predicate<Account> condition) {
    Map<String, Newest> newest = new HashMap<>();
    for (Invoice invoice : invoices) {
      Account account = invoice.subscription().account();
      if (!invoice.counts() || account.isExcluded() || !condition.test(account)) {
        continue;
      }
      for (InvoiceLine line : invoice.lines()) {
        if (line.tellsRecurring() && line.from() < instant && instant <= line.to()) {
          newest.merge(
              invoice.subscription().itemId(),
              new Newest(line, account.currency()),
              (one, other) -> one.line().from() >= other.line().from() ? one : other);
        }
      }
    }
    return newest;
  }
}
