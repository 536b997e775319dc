package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Terms.Discount;
import java.util.List;

/**
 * Turns a wished-for MRR into the terms of a subscription: plan, seats, negotiated price, discount.
 */
final class Pricing {
  private static final double NEGOTIATED = 0.15;
  private static final double NEGOTIATED_ENTERPRISE = 0.6;
  private static final double RECURRING_DISCOUNT = 0.12;
  private static final double DISCOUNT_ONCE = 0.03;
  private static final List<Integer> PERCENTS = List.of(10, 20, 30);

  private final PlanCatalog plans;
  private final ExchangeRates rates;
  private final Dice dice;

  Pricing(PlanCatalog plans, ExchangeRates rates, Dice dice) {
    this.plans = plans;
    this.rates = rates;
    this.dice = dice;
  }

  /** Terms worth about so many cents of a dollar a month. */
  Terms terms(Prospect prospect, long cents, long at) {
    Plan plan = plans.plan(prospect.segment().tier(), prospect.interval(), prospect.currency());
    long seatInDollars = rates.toCents(prospect.currency(), 10_000, Timeline.day(at));
    double hundredths = cents * 10_000.0 / seatInDollars;
    if (prospect.balances()) {
      long unit = Math.round(hundredths * plan.currency().minorUnits() / 100.0);
      return new Terms(Status.ACTIVE, plan, 1, unit, 0, Discount.NONE);
    }
    Terms full = new Terms(Status.ACTIVE, plan, 1, unitAmount(plan), 0, Discount.NONE);
    Terms seat = prospect.role() == Prospect.Role.NONE ? discounted(full) : full;
    return seat.withQuantity((int) Math.max(1, Math.round(hundredths / seat.seatPrice())));
  }

  /** A price above the present one, on the next plan up. */
  Terms upgraded(Terms terms) {
    long unit = negotiable(terms.plan(), terms.unitAmount() * dice.between(1.08, 1.3));
    return terms.withPlan(plans.above(terms.plan()), Math.max(unit, terms.unitAmount()));
  }

  /**
   * Seats of the smallest plan beside the main subscription, worth at most this many cents; none if
   * a seat costs more.
   */
  int addOnSeats(Terms addOn, long cents, long at) {
    long seat =
        Math.max(1, rates.toCents(addOn.plan().currency(), addOn.seatPrice(), Timeline.day(at)));
    return (int) (cents / seat);
  }

  Terms addOnSeat(Currency currency) {
    return Terms.listPrice(
        Status.ACTIVE, plans.plan("starter", Plan.Interval.MONTHLY, currency), 1);
  }

  private long unitAmount(Plan plan) {
    double share = plan.tier().equals("enterprise") ? NEGOTIATED_ENTERPRISE : NEGOTIATED;
    return dice.chance(share)
        ? negotiable(plan, plan.unitAmount() * dice.between(0.75, 1.2))
        : plan.unitAmount();
  }

  /** Prices move in steps that leave a whole monthly price under every discount. */
  private static long negotiable(Plan plan, double amount) {
    long step = (plan.currency() == Currency.JPY ? 10L : 50L) * plan.interval().months();
    return Math.max(1, Math.round(amount / step)) * step;
  }

  private Terms discounted(Terms terms) {
    double draw = dice.uniform();
    int percent = dice.pick(PERCENTS);
    if (draw < RECURRING_DISCOUNT / 2) {
      return terms.withDiscount(percent, Discount.FOREVER);
    }
    if (draw < RECURRING_DISCOUNT) {
      return terms.withDiscount(percent, Discount.REPEATING);
    }
    return draw < RECURRING_DISCOUNT + DISCOUNT_ONCE
        ? terms.withDiscount(percent, Discount.ONCE)
        : terms;
  }
}
