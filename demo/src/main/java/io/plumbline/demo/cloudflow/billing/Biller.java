package io.plumbline.demo.cloudflow.billing;

import io.plumbline.demo.cloudflow.billing.Invoice.Reason;
import io.plumbline.demo.cloudflow.billing.InvoiceLine.Kind;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Terms;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Bills one subscription: a period in advance at each anniversary, and the rest of a period when
 * its terms change within.
 */
final class Biller {
  private static final double OVERAGE = 0.28;

  private final Subscription subscription;
  private final int taxPercent;
  private final Dice dice;
  private final List<Invoice> invoices = new ArrayList<>();
  private Terms terms;
  private long anchor;
  private long cycleFrom;
  private long cycleTo = Long.MAX_VALUE;

  Biller(Subscription subscription, int taxPercent, Dice dice) {
    this.subscription = subscription;
    this.taxPercent = taxPercent;
    this.dice = dice;
    this.terms = subscription.first().after();
  }

  List<Invoice> bill() {
    for (Change change : subscription.changes()) {
      billCyclesBefore(change.at());
      apply(change);
    }
    billCyclesBefore(Timeline.end());
    return invoices;
  }

  private void billCyclesBefore(long instant) {
    while (cycleTo < instant) {
      startCycle(cycleTo, Reason.SUBSCRIPTION_CYCLE);
    }
  }

  private void apply(Change change) {
    Terms before = terms;
    terms = change.after();
    switch (change.kind()) {
      case TRIAL_STARTED -> addTrial(change.at());
      case STARTED, CONVERTED, REACTIVATED, RESUMED -> {
        anchor = change.at();
        startCycle(change.at(), Reason.SUBSCRIPTION_CREATE);
      }
      case CANCELLED, PAUSED -> cycleTo = Long.MAX_VALUE;
      case SEATS_ADDED, SEATS_REMOVED, PLAN_CHANGED, PRICE_CHANGED -> {
        if (change.at() < cycleTo) {
          prorate(change.at(), before);
        }
      }
      case DISCOUNT_ENDED, PAST_DUE, RECOVERED, UNPAID, CANCEL_SCHEDULED, RENEWED -> {
        // Nothing to bill: a discount ends where a period does.
      }
    }
  }

  private void startCycle(long from, Reason reason) {
    int months = terms.plan().interval().months();
    long previous = cycleFrom;
    int passed = 0;
    while (Timeline.plusMonths(anchor, passed) <= from) {
      passed += months;
    }
    cycleFrom = from;
    cycleTo = Timeline.plusMonths(anchor, passed);
    List<InvoiceLine> lines = new ArrayList<>();
    lines.add(cycle());
    if (reason == Reason.SUBSCRIPTION_CYCLE && !terms.plan().isFree() && dice.chance(OVERAGE)) {
      lines.add(overage(previous));
    }
    add(reason, reason == Reason.SUBSCRIPTION_CYCLE ? previous : from, from, lines);
  }

  private InvoiceLine cycle() {
    long amount = terms.quantity() * terms.unitAmount();
    boolean once = terms.discount() == Terms.Discount.ONCE && cycleFrom > anchor;
    long discount =
        terms.discount() == Terms.Discount.NONE || once
            ? 0
            : amount * terms.discountPercent() / 100;
    return new InvoiceLine(
        Kind.CYCLE, terms, terms.unitAmount(), amount, discount, cycleFrom, cycleTo);
  }

  private InvoiceLine overage(long from) {
    long amount = dice.between(1, 40) * 50L;
    return new InvoiceLine(Kind.ONE_OFF, terms, amount, amount, 0, from, cycleFrom);
  }

  private void prorate(long at, Terms before) {
    double rest = (double) (cycleTo - at) / (cycleTo - cycleFrom);
    List<InvoiceLine> lines =
        List.of(
            new InvoiceLine(
                Kind.CREDIT, before, before.unitAmount(), -part(before, rest), 0, at, cycleTo),
            new InvoiceLine(
                Kind.PRORATION, terms, terms.unitAmount(), part(terms, rest), 0, at, cycleTo));
    add(Reason.SUBSCRIPTION_UPDATE, cycleFrom, at, lines);
  }

  private static long part(Terms terms, double rest) {
    return Math.round(terms.quantity() * terms.unitAmount() * rest);
  }

  private void addTrial(long at) {
    long to = at + 14 * Timeline.DAY;
    InvoiceLine free = new InvoiceLine(Kind.ONE_OFF, terms, 0, 0, 0, at, to);
    invoices.add(
        new Invoice(
            subscription,
            Reason.SUBSCRIPTION_CREATE,
            Invoice.Status.PAID,
            at,
            at,
            at,
            List.of(free),
            0));
  }

  private void add(Reason reason, long periodFrom, long at, List<InvoiceLine> lines) {
    invoices.add(
        new Invoice(subscription, reason, status(), at, periodFrom, at, lines, taxPercent));
  }

  /** Only the last invoice of those who are late today is unpaid. */
  private Invoice.Status status() {
    boolean last = cycleTo >= Timeline.end();
    return switch (terms.status()) {
      case UNPAID -> Invoice.Status.UNCOLLECTIBLE;
      case ACTIVE, TRIALING, PAST_DUE, PAUSED, CANCELLED ->
          last && subscription.terms().status() == Status.PAST_DUE
              ? Invoice.Status.OPEN
              : Invoice.Status.PAID;
    };
  }
}
