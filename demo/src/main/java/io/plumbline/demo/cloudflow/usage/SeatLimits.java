package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Subscription;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The days on which a workspace hit its seat limit: before most expansions, and now and then
 * without one.
 */
public final class SeatLimits {
  private static final double BEFORE_EXPANSIONS = 0.78;
  private static final double WITHOUT = 0.0012;
  private static final int WINDOW = 30;

  private final Map<Account, BitSet> hits = new HashMap<>();
  private int expansions;
  private int preceded;

  public SeatLimits(History history) {
    for (Account account : history.accounts()) {
      Dice dice = Dice.of(history.seed(), "seat limits", account.id());
      List<Integer> days = expansionDays(account);
      BitSet service = ServiceDays.of(account);
      BitSet hit = new BitSet();
      days.forEach(day -> addBefore(day, service, hit, dice));
      addWithout(days, service, hit, dice);
      hits.put(account, hit);
    }
  }

  public boolean hit(Account account, int day) {
    BitSet days = hits.get(account);
    return days != null && days.get(day);
  }

  /** The days of the account's expansions, in order. */
  static List<Integer> expansionDays(Account account) {
    List<Integer> days = new ArrayList<>();
    for (Subscription subscription : account.subscriptions()) {
      for (Change change : subscription.changes()) {
        boolean expands =
            change.kind() == Change.Kind.SEATS_ADDED || change.kind() == Change.Kind.PLAN_CHANGED;
        if (expands) {
          days.add(Days.of(change.at()));
        }
      }
    }
    days.sort(Comparator.naturalOrder());
    return days;
  }

  /** Keeps the share of preceded expansions at its target after every one of them. */
  private void addBefore(int day, BitSet service, BitSet hit, Dice dice) {
    expansions++;
    int first = Math.max(0, day - WINDOW);
    int next = hit.nextSetBit(first);
    if (next >= 0 && next <= day) {
      preceded++;
      return;
    }
    List<Integer> possible =
        service.get(first, day).stream()
            .map(offset -> first + offset)
            .boxed()
            .filter(d -> d >= day - 20)
            .toList();
    if (preceded < BEFORE_EXPANSIONS * expansions && !possible.isEmpty()) {
      preceded++;
      hit.set(dice.pick(possible));
      hit.set(dice.pick(possible));
    }
  }

  /** Chance hits stay clear of expansions, whose share is exact. */
  private static void addWithout(List<Integer> expansions, BitSet service, BitSet hit, Dice dice) {
    for (int day = service.nextSetBit(0); day >= 0; day = service.nextSetBit(day + 1)) {
      int current = day;
      boolean soonExpands =
          expansions.stream()
              .anyMatch(expansion -> expansion >= current && expansion - current <= WINDOW);
      if (dice.chance(WITHOUT) && !soonExpands) {
        hit.set(day);
      }
    }
  }
}
