package io.plumbline.demo.cloudflow.history;

import java.util.List;

/** The totals that the history must meet, at a scale. Money is in cents of a dollar. */
public record Targets(double scale) {
  /** MRR at the end of the last three months, in dollars. */
  private static final List<Long> LAST_MONTHS = List.of(1_681_900L, 1_694_200L, 1_718_400L);

  /** What Stripe shows at the same instants. */
  private static final List<Long> LAST_MONTHS_AT_STRIPE =
      List.of(1_686_100L, 1_697_800L, 1_722_100L);

  /** The first of the months whose totals are exact. */
  public static final int FIRST_EXACT_MONTH = Timeline.MONTHS - LAST_MONTHS.size();

  private static final long SEGMENT_SUM = 1_720_000;

  public int count(int atFullScale) {
    return (int) Math.round(atFullScale * scale);
  }

  /** Like {@link #count}, but at least one: for what must occur at every scale. */
  public int some(double atFullScale) {
    return (int) Math.max(1, Math.round(atFullScale * scale));
  }

  /** MRR of all segments at the end of one of the exact months. */
  public long total(int month) {
    return Math.round(LAST_MONTHS.get(month - FIRST_EXACT_MONTH) * 100 * scale);
  }

  /** Recurring revenue at Stripe at the end of one of the exact months. */
  public long stripeTotal(int month) {
    return Math.round(LAST_MONTHS_AT_STRIPE.get(month - FIRST_EXACT_MONTH) * 100 * scale);
  }

  /** MRR of a segment at the end of a month from the cohort's on. */
  long segment(Segment segment, int month) {
    if (month >= FIRST_EXACT_MONTH) {
      return exact(segment, month);
    }
    double from = segment.size().mrrBefore() * 100.0 * scale;
    double to = exact(segment, FIRST_EXACT_MONTH);
    double passed =
        (double) (month - Timeline.COHORT_MONTH) / (FIRST_EXACT_MONTH - Timeline.COHORT_MONTH);
    return Math.round(from * StrictMath.pow(to / from, passed));
  }

  /** The last segment takes what rounding leaves, so that the segments add up to the total. */
  private long exact(Segment segment, int month) {
    if (segment != Segment.SELF_SERVE) {
      return rounded(segment, month);
    }
    long others = 0;
    for (Segment other : Segment.values()) {
      others += other == segment ? 0 : rounded(other, month);
    }
    return total(month) - others;
  }

  private long rounded(Segment segment, int month) {
    return Math.round((double) total(month) * segment.size().mrr() / SEGMENT_SUM);
  }
}
