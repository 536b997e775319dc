package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Plan;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans and the present state of subscriptions, with repeated, outdated, misspelt and impossible
 * rows.
 */
final class SubscriptionTables {
  private static final String TABLE = "app.subscriptions";

  private final History history;
  private final DirtLog dirt;
  private final WriterClock clock;
  private final List<Subscription> all;
  private final Set<Subscription> repeated;
  private final Set<Subscription> outdated;
  private final Set<Subscription> misspelt;
  private final Set<Subscription> zeroed;

  SubscriptionTables(History history, DirtLog dirt) {
    this.history = history;
    this.dirt = dirt;
    this.clock = new WriterClock(history.seed());
    this.all = history.subscriptions();
    Dice dice = Dice.of(history.seed(), "subscription rows");
    long cancelled = all.stream().filter(SubscriptionTables::isCancelled).count();
    this.repeated = Sample.of(all, 0.005, dice);
    this.outdated =
        Sample.of(all, subscription -> subscription.changes().size() > 1, 0.004 * all.size(), dice);
    this.misspelt = Sample.of(all, SubscriptionTables::isCancelled, 0.05 * cancelled, dice);
    this.zeroed = Sample.of(all, SubscriptionTables::isCancelled, 0.3 * cancelled, dice);
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("app.plans", history.plans().all().size(), this::writePlans),
        SourceTable.of(TABLE, all.size(), this::writeSubscriptions));
  }

  private void writePlans(RowWriter rows) {
    for (Plan plan : history.plans().all()) {
      rows.text(plan.id())
          .text(plan.tier().substring(0, 1).toUpperCase(Locale.ROOT) + plan.tier().substring(1))
          .text(plan.tier())
          .text(plan.interval().unit())
          .number(plan.interval().count())
          .number(plan.unitAmount())
          .text(plan.currency().name())
          .number(plan.includedSeats())
          .number(plan.isFree() ? 0 : 14)
          .bool(plan.isFree())
          .text("price_" + plan.id())
          .end();
    }
  }

  private void writeSubscriptions(RowWriter rows) {
    for (Subscription subscription : all) {
      SubscriptionRow row = SubscriptionRow.after(subscription, subscription.changes().size());
      log(row);
      write(row, rows);
      if (repeated.contains(subscription)) {
        dirt.log(DirtKind.EXACT_DUPLICATE, TABLE, subscription.id());
        write(row, rows);
      }
      if (outdated.contains(subscription)) {
        dirt.log(DirtKind.NEAR_DUPLICATE, TABLE, subscription.id());
        write(SubscriptionRow.after(subscription, subscription.changes().size() - 1), rows);
      }
    }
    writeImpossible(rows);
  }

  /** What is wrong with a row before any of it is written twice. */
  private void log(SubscriptionRow row) {
    Subscription subscription = row.subscription();
    boolean paying = subscription.terms().mrr() > 0;
    log(subscription.isLegacy(), DirtKind.LEGACY_WALL_CLOCK, row);
    log(row.isTrialing(), DirtKind.TRIAL_WITH_MRR, row);
    log(paying && row.trialEnd() == null, DirtKind.TRIAL_END_NULL, row);
    log(zeroed.contains(subscription), DirtKind.CANCELLED_MRR_ZEROED, row);
    log(misspelt.contains(subscription), DirtKind.SPELLING, row);
    log(row.cancelScheduled(), DirtKind.CANCEL_SCHEDULED, row);
    log(subscription.terms().status() == Status.PAUSED, DirtKind.PAUSED_SHOWN_ACTIVE, row);
    log(subscription.terms().status() == Status.PAST_DUE, DirtKind.PAST_DUE, row);
    log(subscription.terms().status() == Status.UNPAID, DirtKind.UNPAID, row);
    log(isOrphan(subscription), DirtKind.ORPHAN_SUBSCRIPTION, row);
  }

  private void log(boolean applies, DirtKind kind, SubscriptionRow row) {
    if (applies) {
      dirt.log(kind, TABLE, row.subscription().id());
    }
  }

  private void write(SubscriptionRow row, RowWriter rows) {
    Subscription subscription = row.subscription();
    rows.text(subscription.id()).number(subscription.account().workspaceId());
    writeAccountId(subscription, rows);
    rows.text(row.terms().plan().id())
        .text(status(row))
        .number(row.terms().quantity())
        .hundredths(
            isCancelled(row) && zeroed.contains(subscription) ? 0 : row.terms().monthlyPrice())
        .text(subscription.account().currency().name());
    writeTimes(row, rows);
    rows.text(subscription.stripeId()).text(clock.version(subscription)).end();
  }

  static void writeAccountId(Subscription subscription, RowWriter rows) {
    if (isOrphan(subscription) && subscription.number() % 2 == 0) {
      rows.nothing();
    } else {
      rows.number(subscription.account().id());
    }
  }

  private void writeTimes(SubscriptionRow row, RowWriter rows) {
    wallClock(row, row.startedAt(), rows);
    wallClock(row, row.trialStart(), rows);
    wallClock(row, row.trialEnd(), rows);
    wallClock(row, row.periodStart(), rows);
    wallClock(row, row.periodEnd(), rows);
    rows.bool(row.cancelScheduled());
    wallClock(row, row.cancelledAt(), rows);
    wallClock(row, row.cancelledAt(), rows);
    rows.day(row.contractStart()).day(row.contractEnd());
    wallClock(row, row.subscription().first().at(), rows);
    wallClock(row, row.updatedAt(), rows);
  }

  private static void wallClock(SubscriptionRow row, @Nullable Long instant, RowWriter rows) {
    if (instant == null) {
      rows.nothing();
    } else {
      rows.wallClock(WriterClock.stored(row.subscription(), instant));
    }
  }

  private String status(SubscriptionRow row) {
    boolean wrong = isCancelled(row) && misspelt.contains(row.subscription());
    return wrong ? spelling(row.subscription().number()) : row.status();
  }

  static String spelling(int number) {
    return number % 2 == 0 ? "canceled" : "Canceled";
  }

  /** Rows that end before they start; nothing else knows of these subscriptions. */
  private void writeImpossible(RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "impossible subscriptions");
    List<Account> hosts =
        history.accounts().stream()
            .filter(account -> account.kind() == Account.Kind.NEVER_PAID)
            .toList();
    int count = history.targets().some(11_500 * 0.001);
    for (int i = 0; i < count; i++) {
      Account host = dice.pick(hosts);
      String id = Ids.of("sub_9", 5, i);
      long started = dice.instant(Timeline.monthStart(1), Timeline.end());
      long ended = started - dice.between(1, 40) * Timeline.DAY;
      dirt.log(DirtKind.ENDED_BEFORE_STARTED, TABLE, id);
      rows.text(id)
          .number(host.workspaceId())
          .number(host.id())
          .text("starter_monthly_usd")
          .text("cancelled")
          .number(1)
          .hundredths(1_200)
          .text("USD");
      rows.utc(started)
          .nothing()
          .nothing()
          .utc(started)
          .utc(Timeline.plusMonths(started, 1))
          .bool(false)
          .utc(ended)
          .utc(ended);
      rows.nothing().nothing().utc(started).utc(started).text("si_" + id).text("3.0.2").end();
    }
  }

  private static boolean isCancelled(Subscription subscription) {
    return subscription.terms().status() == Status.CANCELLED;
  }

  private static boolean isCancelled(SubscriptionRow row) {
    return row.terms().status() == Status.CANCELLED;
  }

  static boolean isOrphan(Subscription subscription) {
    return subscription.account().isOrphan();
  }
}
