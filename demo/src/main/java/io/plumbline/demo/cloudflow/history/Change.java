package io.plumbline.demo.cloudflow.history;

import java.util.Locale;

/**
 * An entry of a subscription's history: from this instant on, these terms.
 *
 * @param at when it took effect
 * @param recordedAt when it was known; later than {@code at} when it was booked afterwards
 * @param reason why, for those who leave; empty otherwise
 */
public record Change(long at, Kind kind, Terms after, String reason, long recordedAt) {

  /** What happened. */
  public enum Kind {
    TRIAL_STARTED,
    STARTED,
    CONVERTED,
    SEATS_ADDED,
    SEATS_REMOVED,
    PLAN_CHANGED,
    PRICE_CHANGED,
    DISCOUNT_ENDED,
    PAUSED,
    RESUMED,
    PAST_DUE,
    RECOVERED,
    UNPAID,
    CANCEL_SCHEDULED,
    CANCELLED,
    REACTIVATED,
    RENEWED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Change now(long at, Kind kind, Terms after) {
    return new Change(at, kind, after, "", at);
  }

  Change withAt(long other) {
    return new Change(other, kind, after, reason, Math.max(recordedAt, other));
  }
}
