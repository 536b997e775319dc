package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Account.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Everyone who never pays or must not be counted: lost trials, free, internal and test accounts,
 * subscriptions of nobody.
 */
final class Bystanders {
  static final int FIRST_ORPHAN = 9_000_001;

  private static final int NEVER_PAID = 3_600;
  private static final int WITHOUT_TRIAL = 50;
  private static final int FREE = 275;
  private static final int INTERNAL = 15;
  private static final int TEST = 10;
  private static final int ORPHANS = 34;
  private static final long TRIAL = 14 * Timeline.DAY;

  private final Targets targets;
  private final PlanCatalog plans;
  private final Dice dice;

  Bystanders(Targets targets, PlanCatalog plans, Dice dice) {
    this.targets = targets;
    this.plans = plans;
    this.dice = dice;
  }

  List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    int neverPaid = targets.count(NEVER_PAID);
    int withoutTrial = targets.some(WITHOUT_TRIAL);
    for (int i = 0; i < neverPaid; i++) {
      accounts.add(i < withoutTrial ? signedUp() : lostTrial());
    }
    repeat(targets.count(FREE), () -> accounts.add(free()));
    repeat(targets.some(INTERNAL), () -> accounts.add(excluded(Kind.INTERNAL)));
    repeat(targets.some(TEST), () -> accounts.add(excluded(Kind.TEST)));
    return accounts;
  }

  /** They look like everyone else, with revenue of their own, and belong to no account. */
  List<Subscription> orphans() {
    List<Subscription> orphans = new ArrayList<>();
    repeat(
        targets.some(ORPHANS),
        () -> orphans.add(subscribe(account(Kind.ORPHAN), 5).subscriptions().get(0)));
    return orphans;
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private Account signedUp() {
    return account(Kind.NEVER_PAID);
  }

  private Account lostTrial() {
    Account account = account(Kind.NEVER_PAID);
    long from = account.createdAt() + dice.between(60, 900);
    Terms terms = listPrice(account, dice.between(1, 12));
    Subscription trial =
        account.subscribe(
            false, Change.now(from, Change.Kind.TRIAL_STARTED, terms.with(Status.TRIALING)));
    long to = dice.chance(0.25) ? from + dice.between(86_400, 13 * 86_400) : from + TRIAL;
    if (to < Timeline.end()) {
      String reason = to == from + TRIAL ? "trial_ended" : "cancelled_in_trial";
      trial.add(new Change(to, Change.Kind.CANCELLED, terms.with(Status.CANCELLED), reason, to));
    }
    return account;
  }

  private Account free() {
    Account account = account(Kind.FREE);
    Terms terms = Terms.listPrice(Status.ACTIVE, plans.free(), 1);
    account.subscribe(false, Change.now(account.createdAt() + 30, Change.Kind.STARTED, terms));
    return account;
  }

  private Account excluded(Kind kind) {
    return subscribe(account(kind), 200);
  }

  private Account subscribe(Account account, int most) {
    long at = account.createdAt() + dice.between(60, 900);
    account.subscribe(
        false, Change.now(at, Change.Kind.STARTED, listPrice(account, dice.between(1, most))));
    return account;
  }

  private Terms listPrice(Account account, int seats) {
    Plan plan = plans.plan(account.segment().tier(), Plan.Interval.MONTHLY, account.currency());
    int affordable = (int) Math.max(1, Math.min(seats, 999_900 / plan.unitAmount()));
    return Terms.listPrice(Status.ACTIVE, plan, affordable);
  }

  private Account account(Kind kind) {
    double draw = dice.uniform();
    Segment segment =
        draw < 0.02
            ? Segment.ENTERPRISE
            : draw < 0.15 ? Segment.MID_MARKET : draw < 0.55 ? Segment.SMB : Segment.SELF_SERVE;
    Currency currency = kind == Kind.NEVER_PAID ? LifePlanner.currency(dice) : Currency.USD;
    Account account = new Account(kind, segment, currency);
    account.createdAt(dice.instant(Timeline.monthStart(0) + 3_600, Timeline.end() - 3_600));
    return account;
  }
}
