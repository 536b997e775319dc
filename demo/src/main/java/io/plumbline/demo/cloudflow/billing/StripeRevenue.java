package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** What an account's subscription item brings in a month, in hundredths of its currency. */
  public record Recurring(Account account, long hundredths) {}

  /** The recurring revenue of every subscription item at an instant, of accounts that count. */
  public List<Recurring> at(long instant) {
    Map<String, InvoiceLine> newest = new HashMap<>();
    Map<String, Recurring> recurring = new LinkedHashMap<>();
    for (Invoice invoice : invoices) {
      Account account = invoice.subscription().account();
      if (!invoice.counts() || account.isExcluded()) {
        continue;
      }
      for (InvoiceLine line : invoice.lines()) {
        if (line.covers(instant)) {
          String item = invoice.subscription().itemId();
          InvoiceLine known = newest.get(item);
          if (known == null || line.from() >= known.from()) {
            newest.put(item, line);
            recurring.put(item, new Recurring(account, line.monthly()));
          }
        }
      }
    }
    return List.copyOf(recurring.values());
  }

  /** The sum in dollars, at the rate of the day that ends at the instant. */
  public BigDecimal dollars(List<Recurring> recurring, long instant) {
    BigDecimal total = BigDecimal.ZERO;
    for (Recurring part : recurring) {
      BigDecimal rate = rates.rate(part.account().currency(), Timeline.day(instant - 1));
      total = total.add(BigDecimal.valueOf(part.hundredths(), 2).multiply(rate));
    }
    return total;
  }

  long cents(long instant) {
    return dollars(at(instant), instant)
        .movePointRight(2)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
