package io.plumbline.demo.cloudflow.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds renewals, which change nothing, until the event log has the size of a real one. */
final class Renewals {
  private static final int EVENTS = 85_000;

  private final Targets targets;
  private final Dice dice;

  Renewals(Targets targets, Dice dice) {
    this.targets = targets;
    this.dice = dice;
  }

  private record Renewal(Subscription subscription, Change change) {}

  void fill(List<Subscription> subscriptions) {
    long have =
        subscriptions.stream().mapToLong(subscription -> subscription.changes().size()).sum();
    List<Renewal> possible = new ArrayList<>();
    for (Subscription subscription : subscriptions) {
      collect(subscription, possible);
    }
    dice.shuffle(possible);
    long wanted = Math.max(0, targets.count(EVENTS) - have);
    possible.stream()
        .limit(wanted)
        .forEach(renewal -> renewal.subscription().insert(renewal.change()));
  }

  private static void collect(Subscription subscription, List<Renewal> possible) {
    Change began =
        subscription.changes().stream()
            .filter(change -> change.after().mrr() > 0)
            .findFirst()
            .orElse(null);
    if (began == null) {
      return;
    }
    int months = began.after().plan().interval().months();
    for (int i = months; ; i += months) {
      long at = Timeline.plusMonths(began.at(), i);
      if (at >= Timeline.end()) {
        return;
      }
      Terms terms = quietTermsAt(subscription, at);
      if (terms != null) {
        possible.add(new Renewal(subscription, Change.now(at, Change.Kind.RENEWED, terms)));
      }
    }
  }

  /**
   * The terms at an instant that no change is near to, unless the subscription doesn't pay then or
   * is to be cancelled.
   */
  private static @Nullable Terms quietTermsAt(Subscription subscription, long at) {
    Change latest = null;
    for (Change change : subscription.changes()) {
      if (Math.abs(change.at() - at) < 3 * 3_600) {
        return null;
      }
      if (change.at() < at) {
        latest = change;
      }
    }
    boolean inClockChange =
        subscription.isLegacy() && Timeline.fromPacific(Timeline.pacific(at)) != at;
    if (latest == null || inClockChange || latest.kind() == Change.Kind.CANCEL_SCHEDULED) {
      return null;
    }
    return latest.after().status() == Status.ACTIVE ? latest.after() : null;
  }
}
