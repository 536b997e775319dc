package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Change.Kind;
import io.plumbline.demo.cloudflow.history.Prospect.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Expands or contracts customers in the course of a month until their sum of MRR is about what it
 * should be.
 */
final class SeatSteering {
  private static final double CONTRACTS = 0.008;
  private static final double UPGRADES = 0.12;
  private static final double MIGRATES = 0.02;
  private static final int PASSES = 4;

  private final Pricing pricing;
  private final Dice dice;
  private int migrations;

  SeatSteering(Pricing pricing, Dice dice) {
    this.pricing = pricing;
    this.dice = dice;
  }

  /**
   * Moves the sum of all customers to a target in cents, up to less than a seat, by changes of
   * those who may change.
   *
   * @param all whose MRR is summed
   */
  void steer(int month, List<Customer> all, long target, MonthEnd monthEnd) {
    List<Customer> movable = new ArrayList<>(all);
    movable.removeIf(customer -> !isMovable(customer, month));
    dice.shuffle(movable);
    movable.stream()
        .filter(customer -> dice.chance(CONTRACTS))
        .forEach(customer -> contract(customer, month, Long.MAX_VALUE, monthEnd, 1));
    for (int pass = 1; pass <= PASSES; pass++) {
      long missing = target - monthEnd.cents(all);
      for (Customer customer : movable) {
        missing -=
            missing > 0
                ? expand(customer, month, missing, monthEnd, pass)
                : -contract(customer, month, -missing, monthEnd, pass);
      }
    }
  }

  private static boolean isMovable(Customer customer, int month) {
    Prospect.Stint stint =
        customer.prospect().stints().stream()
            .filter(s -> s.paysAtEndOf(month))
            .findFirst()
            .orElse(null);
    return stint != null
        && stint.from() < month
        && customer.pays()
        && !customer.terms().discount().recurs()
        && !isFixed(customer.prospect().role(), month);
  }

  private static boolean isFixed(Role role, int month) {
    return switch (role) {
      case BALANCES_SEGMENT, BALANCES_CURRENCY -> true;
      case BILLED_DIFFERENTLY -> month >= Targets.FIRST_EXACT_MONTH - 1;
      case NONE, TENANT -> false;
    };
  }

  /** The cents that were gained. */
  private long expand(Customer customer, int month, long missing, MonthEnd monthEnd, int pass) {
    Terms terms = customer.terms();
    long seat = Math.max(1, monthEnd.cents(customer.account().currency(), terms.seatPrice()));
    int seats = (int) Math.min(share(terms, 0.08, 0.35, pass), missing / seat);
    long at = seats > 0 ? customer.freeInstant(month, dice) : -1;
    if (at < 0) {
      return 0;
    }
    if (customer.wantsAddOn()) {
      return addOn(customer, at, seats * seat, monthEnd);
    }
    Terms upgraded = pricing.upgraded(terms);
    long gain =
        monthEnd.cents(
            customer.account().currency(), upgraded.monthlyPrice() - terms.monthlyPrice());
    if (gain > 0 && gain <= missing && dice.chance(UPGRADES)) {
      upgrade(customer, at, upgraded, month);
      return gain;
    }
    customer.change(at, Kind.SEATS_ADDED, terms.withQuantity(terms.quantity() + seats));
    return seats * seat;
  }

  private long addOn(Customer customer, long at, long wish, MonthEnd monthEnd) {
    Terms seat = pricing.addOnSeat(customer.account().currency());
    int seats = pricing.addOnSeats(seat, wish, at);
    if (seats == 0) {
      return 0;
    }
    Terms terms = seat.withQuantity(seats);
    customer.addOn(at, terms);
    return monthEnd.cents(customer.account().currency(), terms.monthlyPrice());
  }

  private void upgrade(Customer customer, long at, Terms upgraded, int month) {
    long oldEnds = at + dice.between(1, 5) * Timeline.DAY;
    boolean roomToOverlap = oldEnds < Timeline.monthEnd(month) && customer.prospect().isSteady();
    if (roomToOverlap
        && customer.terms().plan().interval() == Plan.Interval.MONTHLY
        && (migrations == 0 || dice.chance(MIGRATES * 4))) {
      migrations++;
      customer.migrate(at, upgraded, oldEnds);
    } else {
      customer.change(at, Kind.PLAN_CHANGED, upgraded);
    }
  }

  /** The cents that were lost, at most {@code excess}. */
  private long contract(Customer customer, int month, long excess, MonthEnd monthEnd, int pass) {
    Terms terms = customer.terms();
    long seat = Math.max(1, monthEnd.cents(customer.account().currency(), terms.seatPrice()));
    int seats =
        (int) Math.min(Math.min(share(terms, 0.1, 0.4, pass), terms.quantity() - 1), excess / seat);
    long at = seats > 0 ? customer.freeInstant(month, dice) : -1;
    if (at < 0) {
      return 0;
    }
    customer.change(at, Kind.SEATS_REMOVED, terms.withQuantity(terms.quantity() - seats));
    return seats * seat;
  }

  private int share(Terms terms, double low, double high, int pass) {
    return (int) Math.max(1, Math.round(terms.quantity() * dice.between(low, high) * pass));
  }
}
