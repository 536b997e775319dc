package io.plumbline.demo.cloudflow.history;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chooses the subscriptions that the old writer stored with the wall clock of Los Angeles. Their
 * instants become what PostgreSQL makes of that wall clock, so that everyone agrees about the hours
 * that happen twice or not at all.
 */
final class LegacyWriter {
  private static final double SHARE = 0.12;
  private static final int NEAR_MONTH_END = 60;
  private static final int IN_CLOCK_CHANGE = 16;
  private static final long NEAR = 8 * 3_600;

  private static final List<LocalDate> SPRING =
      List.of(LocalDate.of(2023, 3, 12), LocalDate.of(2024, 3, 10), LocalDate.of(2025, 3, 9));
  private static final List<LocalDate> AUTUMN =
      List.of(LocalDate.of(2023, 11, 5), LocalDate.of(2024, 11, 3), LocalDate.of(2025, 11, 2));
  private static final Set<Change.Kind> MOVABLE =
      Set.of(
          Change.Kind.SEATS_ADDED,
          Change.Kind.SEATS_REMOVED,
          Change.Kind.PLAN_CHANGED,
          Change.Kind.PAST_DUE,
          Change.Kind.RECOVERED);

  private final Targets targets;
  private final Dice dice;

  LegacyWriter(Targets targets, Dice dice) {
    this.targets = targets;
    this.dice = dice;
  }

  void write(List<Subscription> subscriptions) {
    List<Subscription> order = new ArrayList<>(subscriptions);
    dice.shuffle(order);
    moveIntoClockChanges(order);
    int near = 0;
    for (Subscription subscription : order) {
      if (near < targets.some(NEAR_MONTH_END)
          && subscription.changes().stream().anyMatch(change -> isNearMonthEnd(change.at()))) {
        subscription.markLegacy();
        near++;
      }
    }
    markUpToShare(order);
    order.stream().filter(Subscription::isLegacy).forEach(LegacyWriter::readAsPostgres);
  }

  private static void markUpToShare(List<Subscription> order) {
    long wanted =
        Math.round(order.size() * SHARE) - order.stream().filter(Subscription::isLegacy).count();
    for (Subscription subscription : order) {
      if (wanted <= 0) {
        return;
      }
      if (!subscription.isLegacy()) {
        subscription.markLegacy();
        wanted--;
      }
    }
  }

  static boolean isNearMonthEnd(long instant) {
    long sinceStart = instant - Timeline.monthStart(Timeline.monthOf(instant));
    return sinceStart > 0 && sinceStart < NEAR;
  }

  private void moveIntoClockChanges(List<Subscription> order) {
    int wanted = Math.max(2, targets.some(IN_CLOCK_CHANGE));
    for (Subscription subscription : order) {
      if (wanted > 0 && !subscription.isLegacy() && moveOne(subscription)) {
        subscription.markLegacy();
        wanted--;
      }
    }
  }

  private boolean moveOne(Subscription subscription) {
    List<Change> changes = subscription.changes();
    for (int i = 1; i < changes.size(); i++) {
      Change change = changes.get(i);
      long at =
          MOVABLE.contains(change.kind())
              ? clockChangeIn(Timeline.month(Timeline.monthOf(change.at())).atDay(1))
              : -1;
      boolean fits =
          at > changes.get(i - 1).at() + 7_200
              && (i + 1 == changes.size() || at < changes.get(i + 1).at() - 7_200);
      if (at > 0 && fits) {
        subscription.replace(i, Change.now(at, change.kind(), change.after()));
        return true;
      }
    }
    return false;
  }

  /**
   * An instant in the missing or doubled hour of this month, or a negative number if it has none.
   */
  private long clockChangeIn(LocalDate month) {
    for (LocalDate day : SPRING) {
      if (day.withDayOfMonth(1).equals(month)) {
        return Timeline.fromPacific(day.atTime(2, dice.between(5, 55)));
      }
    }
    for (LocalDate day : AUTUMN) {
      if (day.withDayOfMonth(1).equals(month)) {
        return Timeline.fromPacific(day.atTime(1, dice.between(5, 55)));
      }
    }
    return -1;
  }

  private static void readAsPostgres(Subscription subscription) {
    List<Change> changes = subscription.changes();
    for (int i = 0; i < changes.size(); i++) {
      LocalDateTime wallClock = Timeline.pacific(changes.get(i).at());
      long at = Timeline.fromPacific(wallClock);
      if (at != changes.get(i).at()) {
        subscription.replace(i, changes.get(i).withAt(at));
      }
    }
  }
}
