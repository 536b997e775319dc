package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Plan.Interval;
import java.util.List;

/** The life that is planned for a paying account, before it has a price. */
record Prospect(
    Segment segment,
    Group group,
    Role role,
    List<Stint> stints,
    Interval interval,
    Currency currency,
    Exit exit) {

  /** Where the account stands in the twelve-month cohort. */
  enum Group {
    /** In the cohort, and paying at the end. */
    STAYS,
    /** In the cohort, and not paying at the end. */
    LOST,
    /** Left before the cohort was counted. */
    BEFORE,
    /** Came, or came back, after the cohort was counted, and pays at the end. */
    FRESH,
    /** Came after the cohort was counted, and left. */
    BRIEF
  }

  /** What makes an account special. */
  enum Role {
    NONE,
    /** The workspace of the demo's tenant administrator. */
    TENANT,
    /** Stripe bills it another price than the product knows. */
    BILLED_DIFFERENTLY,
    /** Its price makes the segment's total exact. */
    BALANCES_SEGMENT,
    /** Its price makes the sum of its currency round. */
    BALANCES_CURRENCY
  }

  /** How the last stint ends. */
  enum Exit {
    CANCELS,
    PAUSES,
    STOPS_PAYING
  }

  /**
   * Months of paying: from the month of the start to the month of the end, which is {@link
   * Timeline#MONTHS} for an open one. Both months are the same for those who leave in the month
   * they came.
   */
  record Stint(int from, int to) {
    boolean paysAtEndOf(int month) {
      return from <= month && month < to;
    }
  }

  Prospect {
    stints = List.copyOf(stints);
  }

  boolean paysAtEndOf(int month) {
    return stints.stream().anyMatch(stint -> stint.paysAtEndOf(month));
  }

  boolean balances() {
    return role == Role.BALANCES_SEGMENT || role == Role.BALANCES_CURRENCY;
  }

  /** Pays to the end without a break, and may therefore hold more than one subscription. */
  boolean isSteady() {
    return stints.size() == 1 && stints.get(0).to() == Timeline.MONTHS;
  }
}
