package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Terms;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The log of everything that happened to subscriptions, with entries of no date and of the future.
 */
final class EventTable {
  private static final String TABLE = "app.subscription_events";
  private static final double MISSPELT = 0.05;
  private static final double BROKEN = 0.001;

  private final History history;
  private final DirtLog dirt;
  private final Dice dice;
  private long nextId = 1;

  EventTable(History history, DirtLog dirt) {
    this.history = history;
    this.dirt = dirt;
    this.dice = Dice.of(history.seed(), "subscription events");
  }

  SourceTable table() {
    long size =
        history.subscriptions().stream()
            .mapToLong(subscription -> subscription.changes().size())
            .sum();
    return SourceTable.of(TABLE, size, this::write);
  }

  private void write(RowWriter rows) {
    for (Subscription subscription : history.subscriptions()) {
      Change previous = null;
      for (Change change : subscription.changes()) {
        log(subscription, previous, change);
        write(subscription, previous, change, rows);
        previous = change;
      }
      logMigration(subscription);
    }
    writeBroken(rows);
  }

  private void log(Subscription subscription, @Nullable Change previous, Change change) {
    LocalDateTime stored = WriterClock.stored(subscription, change.at());
    log(subscription.isLegacy(), DirtKind.LEGACY_WALL_CLOCK, nearMonthEnd(change.at()));
    log(
        subscription.isLegacy() && WriterClock.isClockChange(stored),
        DirtKind.LEGACY_CLOCK_CHANGE,
        "{}");
    log(change.recordedAt() > change.at(), DirtKind.BACKDATED_CANCELLATION, "{}");
    log(change.after().status() == Status.TRIALING, DirtKind.TRIAL_WITH_MRR, "{}");
    if (previous != null && Timeline.monthOf(previous.at()) == Timeline.monthOf(change.at())) {
      log(change.kind() == Change.Kind.REACTIVATED, DirtKind.SAME_MONTH_RETURN, "{}");
      boolean signedUp =
          previous.kind() == Change.Kind.STARTED || previous.kind() == Change.Kind.CONVERTED;
      log(
          signedUp && change.kind() == Change.Kind.CANCELLED && !change.reason().equals("migrated"),
          DirtKind.SAME_MONTH_SIGNUP_AND_CHURN,
          "{}");
    }
  }

  private void logMigration(Subscription subscription) {
    if (subscription.last().reason().equals("migrated")) {
      dirt.log(
          DirtKind.MIGRATION_OVERLAP,
          TABLE,
          Long.toString(nextId - 1),
          "{\"subscription_id\": \"" + subscription.id() + "\"}");
    }
  }

  private void log(boolean applies, DirtKind kind, String detail) {
    if (applies) {
      dirt.log(kind, TABLE, Long.toString(nextId), detail);
    }
  }

  private static String nearMonthEnd(long instant) {
    long sinceMonthStart = instant - Timeline.monthStart(Timeline.monthOf(instant));
    return sinceMonthStart < 8 * 3_600 ? "{\"near_month_end\": true}" : "{}";
  }

  private void write(
      Subscription subscription, @Nullable Change previous, Change change, RowWriter rows) {
    writeHead(subscription, change.kind().label(), rows);
    rows.wallClock(WriterClock.stored(subscription, change.at())).instant(change.recordedAt());
    rows.text(status(change));
    writeTerms(change.after(), rows);
    rows.hundredths(previous == null ? 0 : price(previous.after()))
        .hundredths(price(change.after()))
        .text(change.reason().isEmpty() ? null : change.reason())
        .text(dice.pick(List.of("app", "billing", "sales")))
        .end();
  }

  private void writeHead(Subscription subscription, String type, RowWriter rows) {
    rows.number(nextId++).text(subscription.id()).number(subscription.account().workspaceId());
    SubscriptionTables.writeAccountId(subscription, rows);
    rows.text(type);
  }

  private static void writeTerms(Terms terms, RowWriter rows) {
    rows.text(terms.plan().id()).number(terms.quantity()).number(terms.unitAmount());
    if (terms.discount() == Terms.Discount.NONE) {
      rows.nothing().nothing();
    } else {
      rows.number(terms.discountPercent()).text(terms.discount().name().toLowerCase(Locale.ROOT));
    }
  }

  /** A trial has a price here, although it earns nothing yet. */
  private static long price(Terms terms) {
    return terms.status() == Status.CANCELLED ? 0 : terms.monthlyPrice();
  }

  private String status(Change change) {
    if (change.after().status() != Status.CANCELLED || !dice.chance(MISSPELT)) {
      return change.after().status().label();
    }
    dirt.log(DirtKind.SPELLING, TABLE, nextId - 1);
    return SubscriptionTables.spelling((int) nextId);
  }

  /** Entries that must be quarantined: they repeat the terms that stand, or claim more seats. */
  private void writeBroken(RowWriter rows) {
    int each = history.targets().some(85_000 * BROKEN);
    for (int i = 0; i < each; i++) {
      writeBroken(DirtKind.NULL_OCCURRED_AT, null, rows);
    }
    for (int i = 0; i < each; i++) {
      long at = Timeline.end() + dice.between(30, 4_000) * Timeline.DAY;
      writeBroken(DirtKind.FUTURE_DATE, Timeline.utc(at), rows);
    }
  }

  private void writeBroken(DirtKind kind, @Nullable LocalDateTime occurredAt, RowWriter rows) {
    Subscription subscription = dice.pick(history.subscriptions());
    Terms terms = subscription.terms();
    dirt.log(kind, TABLE, nextId);
    writeHead(subscription, "seats_added", rows);
    rows.wallClock(occurredAt)
        .instant(dice.instant(subscription.last().at(), Timeline.end()))
        .text(terms.status().label());
    rows.text(terms.plan().id())
        .number(terms.quantity() + 5L)
        .number(terms.unitAmount())
        .nothing()
        .nothing();
    rows.hundredths(price(terms)).hundredths(price(terms)).nothing().text("import").end();
  }
}
