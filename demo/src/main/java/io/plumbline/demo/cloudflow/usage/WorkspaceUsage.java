package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Account;
import java.util.BitSet;
import java.util.List;

/** How one account uses its main workspace: who, when and which features. */
public final class WorkspaceUsage {
  private static final int DECLINE_DAYS = 30;
  private static final double DECLINED_TO = 0.4;

  private final Account account;
  private final List<Member> members;
  private final List<Feature> features;
  private final BitSet service;
  private final boolean declines;
  private final double featuresPerDay;

  WorkspaceUsage(
      Account account,
      List<Member> members,
      List<Feature> features,
      BitSet service,
      boolean declines,
      double featuresPerDay) {
    this.account = account;
    this.members = List.copyOf(members);
    this.features = List.copyOf(features);
    this.service = service;
    this.declines = declines;
    this.featuresPerDay = featuresPerDay;
  }

  public Account account() {
    return account;
  }

  public List<Member> members() {
    return members;
  }

  /** What the workspace has adopted. */
  public List<Feature> features() {
    return features;
  }

  /** The days on which it has a subscription or a trial. */
  public BitSet service() {
    return service;
  }

  public boolean isActive(Member member, int day) {
    return service.get(day) && member.isActive(day, factor(day));
  }

  private double factor(int day) {
    return declines && day >= Days.COUNT - DECLINE_DAYS ? DECLINED_TO : 1;
  }

  static double declineFactor(boolean declines) {
    return declines ? DECLINED_TO : 1;
  }

  /**
   * The features that an active member uses on a day, as bits of {@link #features}; at least one.
   */
  public int featuresUsed(Member member, int day) {
    double chance = featuresPerDay / features.size();
    int used = 0;
    for (int i = 0; i < features.size(); i++) {
      long bits = member.bits(day * 16 + i + 100_000);
      if ((bits >>> 11) * 0x1.0p-53 < chance) {
        used |= 1 << i;
      }
    }
    return used == 0
        ? 1 << (int) Math.floorMod(member.bits(day + 5_000), (long) features.size())
        : used;
  }

  /** When its users were gone for good: in the morning after the last day of service. */
  public long leftAt() {
    return service.length() >= Days.COUNT
        ? Long.MAX_VALUE
        : Days.start(service.length()) + 9 * 3_600;
  }

  /** The last day on which the member was active, or -1. */
  public int lastActive(Member member) {
    for (int day = Math.min(member.to(), Days.COUNT) - 1; day >= member.from(); day--) {
      if (isActive(member, day)) {
        return day;
      }
    }
    return -1;
  }
}
