package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.billing.Invoice.Reason;
import io.plumbline.demo.cloudflow.billing.InvoiceLine.Kind;
import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Targets;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Every invoice of the company, in order of creation, with those that were thrown away and those
 * for other things.
 */
public final class Ledger {
  private static final double MANUAL = 0.03;
  private static final double VOID = 0.01;
  private static final double UNCOLLECTIBLE = 0.005;
  private static final double DRAFT = 0.003;
  private static final List<Integer> TAXES = List.of(0, 0, 7, 10, 19, 20);

  private final History history;
  private final List<Invoice> invoices = new ArrayList<>();

  public Ledger(History history) {
    this.history = history;
    for (Subscription subscription : history.subscriptions()) {
      Account account = subscription.account();
      if (!account.isOrphan()) {
        int tax = Dice.of(history.seed(), "tax", account.id()).pick(TAXES);
        Dice dice = Dice.of(history.seed(), "billing", subscription.number());
        addWithCompanions(new Biller(subscription, tax, dice).bill(), dice);
      }
    }
    billDifferently();
    invoices.sort(
        Comparator.comparingLong(Invoice::createdAt)
            .thenComparingInt(invoice -> invoice.subscription().number()));
  }

  public List<Invoice> invoices() {
    return List.copyOf(invoices);
  }

  /** The end of each account's last paid recurring line. */
  public Map<Account, Long> paidThrough() {
    return last(
        invoice ->
            invoice.lines().stream()
                .filter(InvoiceLine::tellsRecurring)
                .mapToLong(InvoiceLine::to)
                .max());
  }

  /** The date of each account's last paid recurring invoice. */
  public Map<Account, Long> lastPaidInvoices() {
    return last(
        invoice ->
            invoice.lines().stream()
                .filter(InvoiceLine::tellsRecurring)
                .mapToLong(line -> invoice.createdAt())
                .max());
  }

  private Map<Account, Long> last(Function<Invoice, OptionalLong> instant) {
    Map<Account, Long> last = new HashMap<>();
    for (Invoice invoice : invoices) {
      if (invoice.status() == Invoice.Status.PAID && invoice.reason() != Reason.MANUAL) {
        instant
            .apply(invoice)
            .ifPresent(at -> last.merge(invoice.subscription().account(), at, Math::max));
      }
    }
    return last;
  }

  /** Recurring revenue by Stripe's account of it. */
  public StripeRevenue stripeRevenue() {
    return new StripeRevenue(history.rates(), invoices);
  }

  private void addWithCompanions(List<Invoice> regular, Dice dice) {
    for (Invoice invoice : regular) {
      invoices.add(invoice);
      if (invoice.reason() != Reason.SUBSCRIPTION_CYCLE) {
        continue;
      }
      addCopy(invoice, Invoice.Status.VOID, dice.chance(VOID * 1.2));
      addCopy(invoice, Invoice.Status.UNCOLLECTIBLE, dice.chance(UNCOLLECTIBLE * 1.2));
      addCopy(invoice, Invoice.Status.DRAFT, dice.chance(DRAFT * 1.2));
      if (dice.chance(MANUAL * 1.25)) {
        invoices.add(manual(invoice, dice));
      }
    }
  }

  private void addCopy(Invoice invoice, Invoice.Status status, boolean applies) {
    if (applies) {
      invoices.add(invoice.with(invoice.reason(), status));
    }
  }

  private static Invoice manual(Invoice beside, Dice dice) {
    InvoiceLine first = beside.lines().get(0);
    long amount =
        dice.between(1, 30) * 10_000L / (100 / first.terms().plan().currency().minorUnits());
    InvoiceLine service =
        new InvoiceLine(Kind.ONE_OFF, first.terms(), amount, amount, 0, first.from(), first.from());
    return beside.with(Reason.MANUAL, Invoice.Status.PAID).withLines(List.of(service));
  }

  /** One account's price at Stripe is what makes Stripe's totals exact in the last months. */
  private void billDifferently() {
    for (int month = Targets.FIRST_EXACT_MONTH; month < Timeline.MONTHS; month++) {
      long instant = Timeline.monthEnd(month);
      long missing = history.targets().stripeTotal(month) - stripeRevenue().cents(instant);
      for (int i = 0; i < invoices.size(); i++) {
        Invoice invoice = invoices.get(i);
        InvoiceLine line = invoice.lines().get(0);
        boolean covers = line.kind() == Kind.CYCLE && line.from() < instant && instant <= line.to();
        if (covers
            && invoice.counts()
            && invoice.subscription().account() == history.billedDifferently()) {
          invoices.set(i, invoice.withLines(List.of(line.withAmount(line.amount() + missing))));
        }
      }
    }
  }
}
