package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Terms;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a subscription as the product stores it; what came before is forgotten.
 * Instants are in UTC.
 */
record SubscriptionRow(
    Subscription subscription,
    Terms terms,
    @Nullable Long startedAt,
    @Nullable Long trialStart,
    @Nullable Long trialEnd,
    long periodStart,
    long periodEnd,
    boolean cancelScheduled,
    @Nullable Long cancelledAt,
    long updatedAt) {

  private static final long TRIAL = 14 * Timeline.DAY;

  /** The state after so many of the changes. */
  static SubscriptionRow after(Subscription subscription, int count) {
    List<Change> changes = subscription.changes().subList(0, count);
    Change last = changes.get(count - 1);
    boolean cancelled = last.after().status() == Status.CANCELLED;
    Long started = firstPaid(changes);
    Long trial = changes.get(0).kind() == Change.Kind.TRIAL_STARTED ? changes.get(0).at() : null;
    Long trialEnd = trial == null ? null : started == null ? Long.valueOf(trial + TRIAL) : started;
    long periodStart = periodStart(last, started, changes.get(0).at(), cancelled);
    return new SubscriptionRow(
        subscription,
        last.after(),
        started,
        trial,
        trialEnd,
        periodStart,
        started == null && trialEnd != null
            ? trialEnd
            : Timeline.plusMonths(periodStart, last.after().plan().interval().months()),
        last.kind() == Change.Kind.CANCEL_SCHEDULED,
        cancelled ? Long.valueOf(last.at()) : null,
        last.at());
  }

  private static @Nullable Long firstPaid(List<Change> changes) {
    return changes.stream()
        .filter(
            change ->
                change.after().status() != Status.TRIALING
                    && change.after().status() != Status.CANCELLED)
        .map(Change::at)
        .findFirst()
        .orElse(null);
  }

  /** The billing period that the end of history, or the cancellation, falls into. */
  private static long periodStart(
      Change last, @Nullable Long started, long first, boolean cancelled) {
    if (started == null) {
      return first;
    }
    long until = cancelled ? last.at() - 1 : Timeline.end() - 1;
    int months = last.after().plan().interval().months();
    int passed = 0;
    while (Timeline.plusMonths(started, passed + months) <= until) {
      passed += months;
    }
    return Timeline.plusMonths(started, passed);
  }

  boolean isTrialing() {
    return terms.status() == Status.TRIALING;
  }

  /** A paused subscription still looks active in the product. */
  String status() {
    return terms.status() == Status.PAUSED ? Status.ACTIVE.label() : terms.status().label();
  }

  /** The first day of the running contract, for plans that have one. */
  @Nullable LocalDate contractStart() {
    return terms.plan().interval().months() > 1 ? Timeline.day(periodStart) : null;
  }

  @Nullable LocalDate contractEnd() {
    return terms.plan().interval().months() > 1 ? Timeline.day(periodEnd) : null;
  }
}
