package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans the users of every workspace, so that the paying ones of each segment have the daily users
 * and the features that the contract says. Users are drawn again whenever they are asked for.
 */
public final class UsageModel {
  private static final double ACTIVE_A_DAY = 0.4;
  private static final double DORMANT = 0.15;
  private static final double DECLINES = 0.04;

  /**
   * Of the cohort's MRR, what belongs to accounts that stopped using the product before the cohort
   * was counted.
   */
  private static final double STOPPED_EARLY = 0.048;

  private final History history;
  private final Map<Account, Integer> users = new HashMap<>();
  private final Map<Account, Integer> featureCounts = new HashMap<>();
  private final Set<Account> declining = new HashSet<>();
  private final Set<Account> stoppedEarly = new HashSet<>();

  public UsageModel(History history) {
    this.history = history;
    Dice dice = Dice.of(history.seed(), "usage");
    chooseStoppedEarly(dice);
    Map<Segment, List<Account>> paying = new EnumMap<>(Segment.class);
    for (Account account : history.accounts()) {
      boolean pays = !account.isExcluded() && account.mrrAt(Timeline.end()) > 0;
      if (pays) {
        paying.computeIfAbsent(account.segment(), segment -> new ArrayList<>()).add(account);
      } else {
        users.put(account, others(account, dice));
        featureCounts.put(account, 1 + dice.poisson(account.segment().features() - 1));
      }
    }
    paying.forEach((segment, accounts) -> planPaying(segment, accounts, dice));
  }

  /**
   * Visits every workspace that ever had a subscription, by the number of its account; users are
   * numbered on the way.
   */
  public void visit(Consumer<WorkspaceUsage> visitor) {
    long nextUser = 1;
    for (Account account : history.accounts()) {
      if (!account.subscriptions().isEmpty()) {
        WorkspaceUsage usage = usage(account, nextUser);
        nextUser += usage.members().size();
        visitor.accept(usage);
      }
    }
  }

  public long userCount() {
    return users.values().stream().mapToLong(active -> active + dormant(active)).sum();
  }

  /** Accounts that paid on for months after their last visit. */
  public Set<Account> stoppedEarly() {
    return Set.copyOf(stoppedEarly);
  }

  private void chooseStoppedEarly(Dice dice) {
    List<Account> lost = new ArrayList<>();
    double cohort = 0;
    for (Account account : history.counted()) {
      long opening = account.mrrAt(Timeline.monthEnd(Timeline.COHORT_MONTH));
      cohort += dollars(account, opening);
      if (opening > 0
          && account.mrrAt(Timeline.end()) == 0
          && account.createdAt() < Timeline.monthStart(Timeline.COHORT_MONTH - 6)) {
        lost.add(account);
      }
    }
    dice.shuffle(lost);
    double rest = cohort * STOPPED_EARLY;
    for (Account account : lost) {
      double opening = dollars(account, account.mrrAt(Timeline.monthEnd(Timeline.COHORT_MONTH)));
      if (opening <= rest && opening < cohort / 60) {
        rest -= opening;
        stoppedEarly.add(account);
      }
    }
  }

  private double dollars(Account account, long hundredths) {
    return hundredths
        / 100.0
        * history
            .rates()
            .rate(account.currency(), Timeline.month(Timeline.COHORT_MONTH).atEndOfMonth())
            .doubleValue();
  }

  private static int others(Account account, Dice dice) {
    double usual =
        account.kind() == Account.Kind.PAID
            ? 0.82 * account.segment().dailyUsers() / ACTIVE_A_DAY
            : 2;
    return (int) Math.max(1, Math.round(usual * dice.lognormal(0.4)));
  }

  /**
   * Shares out the segment's users in proportion to a random size, and its features so that their
   * average is exact.
   */
  private void planPaying(Segment segment, List<Account> accounts, Dice dice) {
    double[] weights = new double[accounts.size()];
    double visible = 0;
    for (int i = 0; i < weights.length; i++) {
      Account account = accounts.get(i);
      weights[i] = 0.3 + 0.7 * dice.lognormal(0.5);
      boolean declines = dice.chance(DECLINES);
      if (declines) {
        declining.add(account);
      }
      visible += weights[i] * WorkspaceUsage.declineFactor(declines) * lastMonthShare(account);
    }
    double usersPerWeight = segment.dailyUsers() * accounts.size() / ACTIVE_A_DAY / visible;
    double rounding = 0;
    for (int i = 0; i < weights.length; i++) {
      double exact = weights[i] * usersPerWeight + rounding;
      int rounded = (int) Math.max(1, Math.round(exact));
      rounding = exact - rounded;
      users.put(accounts.get(i), rounded);
    }
    planFeatures(segment, accounts, dice);
  }

  /**
   * Half of the days that a newcomer misses of the last month, a compromise between averages by day
   * and by workspace.
   */
  private static double lastMonthShare(Account account) {
    BitSet service = ServiceDays.of(account);
    int from = Days.COUNT - 28;
    double served = service.get(from, Days.COUNT).cardinality() / 28.0;
    return (1 + served) / 2;
  }

  private void planFeatures(Segment segment, List<Account> accounts, Dice dice) {
    List<Account> shuffled = new ArrayList<>(accounts);
    dice.shuffle(shuffled);
    long total = Math.round(segment.features() * accounts.size());
    for (int i = 0; i < shuffled.size(); i++) {
      featureCounts.put(
          shuffled.get(i), (int) (total * (i + 1) / shuffled.size() - total * i / shuffled.size()));
    }
    for (int i = 0; i + 1 < shuffled.size(); i += 2) {
      spread(shuffled.get(i), shuffled.get(i + 1), dice.between(0, 2));
    }
  }

  /** One more here, one less there. */
  private void spread(Account one, Account other, int by) {
    int less = featureCounts.getOrDefault(other, 1) - by;
    int more = featureCounts.getOrDefault(one, 1) + by;
    if (less >= 1 && more <= Feature.values().length) {
      featureCounts.put(one, more);
      featureCounts.put(other, less);
    }
  }

  private static int dormant(int active) {
    return (int) Math.round(active * DORMANT);
  }

  private WorkspaceUsage usage(Account account, long firstUser) {
    Dice dice = Dice.of(history.seed(), "workspace", account.id());
    BitSet service = ServiceDays.of(account);
    int from = Math.max(0, service.nextSetBit(0));
    int to = lastDay(account, service, dice);
    int active = users.getOrDefault(account, 1);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < active + dormant(active); i++) {
      members.add(Member.draw(firstUser + i, joined(from, to, dice), to, i >= active, dice));
    }
    return new WorkspaceUsage(
        account,
        members,
        features(account, dice),
        service,
        declining.contains(account),
        perDay(account.segment()));
  }

  /** The day after the last of use; some accounts lose interest before they leave. */
  private int lastDay(Account account, BitSet service, Dice dice) {
    int end = service.length();
    if (stoppedEarly.contains(account)) {
      int before = Days.of(Timeline.monthEnd(Timeline.COHORT_MONTH)) - dice.between(10, 60);
      return Math.max(service.nextSetBit(0) + 1, before);
    }
    boolean left = end < Days.COUNT && account.kind() == Account.Kind.PAID;
    return left ? Math.max(service.nextSetBit(0) + 1, end - dice.between(0, 12)) : end;
  }

  /** Half come at once, the others over the years; the newest have been there for a while. */
  private static int joined(int from, int to, Dice dice) {
    int latest = Math.max(from, to - 60);
    return dice.chance(0.5)
        ? Math.min(latest, from + dice.between(0, 10))
        : dice.between(from, latest);
  }

  private List<Feature> features(Account account, Dice dice) {
    List<Feature> all = new ArrayList<>(List.of(Feature.values()));
    List<Feature> chosen = new ArrayList<>();
    int count = Math.min(featureCounts.getOrDefault(account, 1), all.size());
    while (chosen.size() < count) {
      // The lower of two draws, so that the first features are the most common.
      int index = Math.min(dice.between(0, all.size() - 1), dice.between(0, all.size() - 1));
      chosen.add(all.remove(index));
    }
    return chosen;
  }

  private static double perDay(Segment segment) {
    return switch (segment) {
      case ENTERPRISE -> 2.7;
      case MID_MARKET -> 2.35;
      case SMB -> 1.9;
      case SELF_SERVE -> 1.2;
    };
  }
}
