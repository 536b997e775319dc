package io.plumbline.demo.cloudflow.history;

import java.util.Locale;

/** What a subscription is doing. */
public enum Status {
  TRIALING,
  ACTIVE,
  PAST_DUE,
  PAUSED,
  UNPAID,
  CANCELLED;

  /** Whether its price counts as recurring revenue. */
  public boolean counts() {
    return this == ACTIVE || this == PAST_DUE;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
