package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Change.Kind;
import io.plumbline.demo.cloudflow.history.Prospect.Exit;
import org.jspecify.annotations.Nullable;

/** A paying account while its history is being simulated. */
final class Customer {
  /** Changes of one account stay this far apart, so that moving one by an hour never swaps two. */
  private static final long APART = 3 * 3_600;

  private final Prospect prospect;
  private final Account account;
  private @Nullable Subscription main;
  private long anchor;
  private long lastAt = Long.MIN_VALUE;
  private long discountEnds = Long.MAX_VALUE;
  private boolean addOnPlanned;

  Customer(Prospect prospect, Account account) {
    this.prospect = prospect;
    this.account = account;
  }

  Prospect prospect() {
    return prospect;
  }

  Account account() {
    return account;
  }

  /** The main subscription; only for those that have begun. */
  Subscription main() {
    if (main == null) {
      throw new IllegalStateException("Not begun: " + prospect);
    }
    return main;
  }

  Terms terms() {
    return main().terms();
  }

  boolean pays() {
    return main != null && terms().mrr() > 0;
  }

  /** When the main subscription's billing periods begin. */
  long anchor() {
    return anchor;
  }

  void planAddOn() {
    addOnPlanned = true;
  }

  boolean wantsAddOn() {
    return addOnPlanned && prospect.isSteady();
  }

  /**
   * An instant of the month for another change, or a negative number if the month has no room for
   * one.
   */
  long freeInstant(int month, Dice dice) {
    long from = Math.max(Timeline.monthStart(month), lastAt + APART);
    long to = Timeline.monthEnd(month) - APART;
    if (from == Timeline.monthStart(month) && dice.chance(0.01)) {
      return from; // exactly on the boundary: belongs to this month
    }
    return from < to ? dice.instant(from, to) : -1;
  }

  void begin(Change first) {
    main = account.subscribe(false, first);
    anchor = first.at();
    seen(first.at());
  }

  void convert(Change change) {
    main().add(change);
    anchor = change.at();
    seen(change.at());
  }

  void change(long at, Kind kind, Terms after) {
    main().add(Change.now(at, kind, after));
    seen(at);
  }

  void discountUntil(long instant) {
    discountEnds = instant;
  }

  void endDiscountIn(int month) {
    if (discountEnds >= Timeline.monthEnd(month) || !pays() || discountEnds <= lastAt + APART) {
      return;
    }
    change(discountEnds, Kind.DISCOUNT_ENDED, terms().withDiscount(0, Terms.Discount.NONE));
    discountEnds = Long.MAX_VALUE;
  }

  void addOn(long at, Terms terms) {
    account.subscribe(true, Change.now(at, Kind.STARTED, terms));
    addOnPlanned = false;
    seen(at);
  }

  /** The new plan runs beside the old one for some days. */
  void migrate(long at, Terms terms, long oldEnds) {
    Subscription old = main();
    begin(Change.now(at, Kind.STARTED, terms));
    main().replaces(old);
    old.add(
        new Change(
            oldEnds, Kind.CANCELLED, old.terms().with(Status.CANCELLED), "migrated", oldEnds));
    seen(oldEnds);
  }

  void leave(long at, Exit exit, String reason) {
    switch (exit) {
      case CANCELS ->
          main().add(new Change(at, Kind.CANCELLED, terms().with(Status.CANCELLED), reason, at));
      case PAUSES ->
          main().add(new Change(at, Kind.PAUSED, terms().with(Status.PAUSED), "paused", at));
      case STOPS_PAYING ->
          main().add(new Change(at, Kind.UNPAID, terms().with(Status.UNPAID), "unpaid", at));
    }
    seen(at);
  }

  private void seen(long at) {
    lastAt = Math.max(lastAt, at);
  }
}
