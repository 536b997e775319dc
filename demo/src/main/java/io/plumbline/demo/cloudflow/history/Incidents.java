package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Change.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens inside months and changes no month's end: short breaks, late payments, cancellations
 * that are scheduled, booked afterwards, or come a while after the period was billed.
 */
final class Incidents {
  private static final double SHORT_BREAKS = 0.006;
  private static final double PAST_DUE_NOW = 0.012;
  private static final double CANCEL_SCHEDULED = 0.015;
  private static final double BACKDATED = 0.04;
  private static final int RECOVERED_EACH_MONTH = 20;

  private final Targets targets;
  private final ExchangeRates rates;
  private final Dice dice;

  Incidents(Targets targets, ExchangeRates rates, Dice dice) {
    this.targets = targets;
    this.rates = rates;
    this.dice = dice;
  }

  void happen(List<Customer> customers) {
    List<Subscription> single = new ArrayList<>();
    for (Customer customer : customers) {
      if (customer.account().subscriptions().size() == 1) {
        single.add(customer.main());
      }
    }
    cancelLate(single);
    takeBreaks(single);
    payLate(single);
    recordAfterwards(single);
    markActive(single, targets.some(4_200 * PAST_DUE_NOW), Kind.PAST_DUE, Status.PAST_DUE);
    markActive(
        single, targets.some(4_200 * CANCEL_SCHEDULED), Kind.CANCEL_SCHEDULED, Status.ACTIVE);
  }

  /**
   * The period is billed, then the customer leaves at once: Stripe shows the revenue until the
   * period is over.
   */
  private void cancelLate(List<Subscription> subscriptions) {
    for (int month = Targets.FIRST_EXACT_MONTH; month < Timeline.MONTHS; month++) {
      int current = month;
      long rest = targets.stripeTotal(month) - targets.total(month);
      for (Subscription subscription : shuffled(subscriptions, s -> leftAtOnce(s, current))) {
        rest -= cents(subscription.last(), month);
      }
      for (Subscription subscription :
          oldFirst(shuffled(subscriptions, s -> cancelsAtPeriodEnd(s, current)))) {
        long cents = cents(subscription.last(), month);
        if (cents <= rest) {
          rest -= cents;
          cancelLater(subscription, month);
        }
      }
    }
  }

  /**
   * Those of the cohort first: their churn then depends on whether the contract or the bill counts.
   */
  private static List<Subscription> oldFirst(List<Subscription> subscriptions) {
    subscriptions.sort(
        Comparator.comparing(s -> s.mrrAt(Timeline.monthEnd(Timeline.COHORT_MONTH)) == 0));
    return subscriptions;
  }

  private void cancelLater(Subscription subscription, int month) {
    Change cancel = subscription.last();
    long at = dice.instant(cancel.at() + 3_600, Timeline.monthEnd(month) - 600);
    subscription.replace(
        subscription.changes().size() - 1,
        new Change(at, Kind.CANCELLED, cancel.after(), cancel.reason(), at));
  }

  private static boolean cancelsAtPeriodEnd(Subscription subscription, int month) {
    Change last = subscription.last();
    return last.kind() == Kind.CANCELLED
        && Timeline.monthOf(last.at()) == month
        && !leftAtOnce(subscription, month)
        && last.at() < Timeline.monthEnd(month) - 8 * 3_600
        && last.after().plan().interval() == Plan.Interval.MONTHLY;
  }

  /** Came and left in the same month, after the first period was billed. */
  private static boolean leftAtOnce(Subscription subscription, int month) {
    List<Change> changes = subscription.changes();
    Change last = subscription.last();
    return last.kind() == Kind.CANCELLED
        && Timeline.monthOf(last.at()) == month
        && Timeline.monthOf(changes.get(changes.size() - 2).at()) == month;
  }

  private long cents(Change change, int month) {
    return rates.toCents(
        change.after().plan().currency(),
        change.after().monthlyPrice(),
        Timeline.month(month).atEndOfMonth());
  }

  private void takeBreaks(List<Subscription> subscriptions) {
    double owed = 0;
    for (int month = 1; month < Timeline.MONTHS; month++) {
      int current = month;
      owed +=
          SHORT_BREAKS
              * subscriptions.stream()
                  .filter(s -> s.mrrAt(Timeline.monthStart(current)) > 0)
                  .count();
      List<Subscription> quiet = shuffled(subscriptions, s -> paysQuietly(s, current));
      for (; owed >= 1 && !quiet.isEmpty(); owed--) {
        takeBreak(quiet.remove(quiet.size() - 1), month);
      }
    }
  }

  private void takeBreak(Subscription subscription, int month) {
    long from =
        dice.instant(
            Timeline.monthStart(month) + 3_600, Timeline.monthEnd(month) - 12 * Timeline.DAY);
    long to = from + dice.instant(Timeline.DAY, 10 * Timeline.DAY);
    Terms terms = termsAt(subscription, from);
    subscription.insert(
        new Change(from, Kind.CANCELLED, terms.with(Status.CANCELLED), "payment_failed", from));
    subscription.insert(Change.now(to, Kind.REACTIVATED, terms));
  }

  private void payLate(List<Subscription> subscriptions) {
    for (int month = 1; month < Timeline.MONTHS - 1; month++) {
      int current = month;
      List<Subscription> quiet = shuffled(subscriptions, s -> paysQuietly(s, current));
      int times = Math.min(quiet.size(), targets.some(RECOVERED_EACH_MONTH));
      for (Subscription subscription : quiet.subList(0, times)) {
        long from =
            dice.instant(
                Timeline.monthStart(month) + 3_600, Timeline.monthEnd(month) - 12 * Timeline.DAY);
        Terms terms = termsAt(subscription, from);
        subscription.insert(Change.now(from, Kind.PAST_DUE, terms.with(Status.PAST_DUE)));
        subscription.insert(
            Change.now(
                from + dice.instant(Timeline.DAY, 10 * Timeline.DAY), Kind.RECOVERED, terms));
      }
    }
  }

  /** Monthly, paying all month long, and nothing happens in it. */
  private static boolean paysQuietly(Subscription subscription, int month) {
    Terms terms = termsAt(subscription, Timeline.monthStart(month));
    return terms.status() == Status.ACTIVE
        && terms.plan().interval() == Plan.Interval.MONTHLY
        && subscription.first().at() < Timeline.monthStart(month)
        && subscription.changes().stream()
            .noneMatch(change -> Timeline.monthOf(change.at()) == month);
  }

  private static Terms termsAt(Subscription subscription, long instant) {
    Terms terms = subscription.first().after();
    for (Change change : subscription.changes()) {
      if (change.at() >= instant) {
        break;
      }
      terms = change.after();
    }
    return terms;
  }

  private void recordAfterwards(List<Subscription> subscriptions) {
    List<Subscription> cancelled =
        shuffled(
            subscriptions,
            s ->
                s.last().kind() == Kind.CANCELLED
                    && s.last().at() < Timeline.end() - 2 * Timeline.DAY);
    int times = (int) Math.max(1, Math.round(cancelled.size() * BACKDATED));
    for (Subscription subscription : cancelled.subList(0, Math.min(times, cancelled.size()))) {
      Change last = subscription.last();
      long latest = Math.min(last.at() + 45 * Timeline.DAY, Timeline.end() - 60);
      long recordedAt = dice.instant(last.at() + Timeline.DAY, latest);
      subscription.replace(
          subscription.changes().size() - 1,
          new Change(last.at(), last.kind(), last.after(), last.reason(), recordedAt));
    }
  }

  /** Marks monthly subscriptions within the period that runs today, after it was billed. */
  private void markActive(List<Subscription> subscriptions, int times, Kind kind, Status status) {
    List<Subscription> active = shuffled(subscriptions, Incidents::isQuietToday);
    for (Subscription subscription : active.subList(0, Math.min(times, active.size()))) {
      long periodStart = periodStart(subscription);
      long latest = Math.min(periodStart + 4 * Timeline.DAY, Timeline.end() - 600);
      subscription.add(
          Change.now(
              dice.instant(periodStart + 600, latest), kind, subscription.terms().with(status)));
    }
  }

  private static boolean isQuietToday(Subscription subscription) {
    return subscription.terms().status() == Status.ACTIVE
        && subscription.last().kind() != Kind.CANCEL_SCHEDULED
        && subscription.terms().plan().interval() == Plan.Interval.MONTHLY
        && subscription.last().at() < periodStart(subscription)
        && periodStart(subscription) < Timeline.end() - Timeline.DAY;
  }

  /** The start of the billing period that runs today. */
  private static long periodStart(Subscription subscription) {
    long anchor = subscription.first().at();
    for (Change change : subscription.changes()) {
      switch (change.kind()) {
        case STARTED, CONVERTED, REACTIVATED, RESUMED -> anchor = change.at();
        default -> {
          // Billing periods go on.
        }
      }
    }
    int months = 0;
    while (Timeline.plusMonths(anchor, months + 1) < Timeline.end()) {
      months++;
    }
    return Timeline.plusMonths(anchor, months);
  }

  private List<Subscription> shuffled(
      List<Subscription> subscriptions, Predicate<Subscription> condition) {
    List<Subscription> chosen = new ArrayList<>(subscriptions);
    chosen.removeIf(condition.negate());
    dice.shuffle(chosen);
    return chosen;
  }
}
