package io.plumbline.demo.cloudflow.history;

/**
 * A customer segment with what the company must look like at scale 1.0.
 *
 * @see Targets for the same at another scale
 */
public enum Segment {
  ENTERPRISE(
      "Enterprise",
      "enterprise",
      new Size(120, 840_000, 708_000),
      new Flow(111, 13, 0.3415, 14, 0),
      new Activity(142, 7.2)),
  MID_MARKET(
      "Mid-Market",
      "business",
      new Size(480, 528_000, 458_000),
      new Flow(440, 66, 0.1585, 120, 10),
      new Activity(28, 4.8)),
  SMB(
      "SMB",
      "team",
      new Size(1800, 270_000, 246_000),
      new Flow(1650, 297, 0.18, 836, 60),
      new Activity(6, 3.1)),
  SELF_SERVE(
      "Self-Serve",
      "starter",
      new Size(1800, 82_000, 78_000),
      new Flow(1600, 304, 0.19, 1100, 80),
      new Activity(2, 1.8));

  /**
   * Paying workspaces at the end, their share of MRR, and the MRR twelve months before.
   *
   * @param mrr in the proportions of the contract; {@link Targets} scales the sum of the segments
   *     to the month's total
   */
  record Size(int paying, long mrr, long mrrBefore) {}

  /**
   * Who comes and goes.
   *
   * @param cohort paying twelve months before the end
   * @param lost of the cohort, not paying at the end
   * @param lostShare of the cohort's MRR, that of the lost
   * @param before paid and left before the cohort was counted
   * @param brief came and left in the last twelve months
   */
  record Flow(int cohort, int lost, double lostShare, int before, int brief) {}

  /** Average daily users and features used per paying workspace. */
  record Activity(double dailyUsers, double features) {}

  private final String label;
  private final String tier;
  private final Size size;
  private final Flow flow;
  private final Activity activity;

  Segment(String label, String tier, Size size, Flow flow, Activity activity) {
    this.label = label;
    this.tier = tier;
    this.size = size;
    this.flow = flow;
    this.activity = activity;
  }

  public String label() {
    return label;
  }

  /** The plan tier that its customers start on. */
  public String tier() {
    return tier;
  }

  public double dailyUsers() {
    return activity.dailyUsers();
  }

  public double features() {
    return activity.features();
  }

  Size size() {
    return size;
  }

  Flow flow() {
    return flow;
  }
}
