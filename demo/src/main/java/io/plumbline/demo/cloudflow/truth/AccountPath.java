package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Subscription;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * MRR of one account as a step function of time, all its subscriptions together, in hundredths of
 * its currency.
 */
final class AccountPath {
  private final Account account;
  private final long[] instants;
  private final long[] mrr;
  private final long firstPaid;

  AccountPath(Account account) {
    this.account = account;
    TreeMap<Long, Long> deltas = new TreeMap<>();
    for (Subscription subscription : account.subscriptions()) {
      long before = 0;
      for (Change change : subscription.changes()) {
        deltas.merge(change.at(), change.after().mrr() - before, Long::sum);
        before = change.after().mrr();
      }
    }
    instants = new long[deltas.size()];
    mrr = new long[deltas.size()];
    long sum = 0;
    int i = 0;
    for (Map.Entry<Long, Long> delta : deltas.entrySet()) {
      sum += delta.getValue();
      instants[i] = delta.getKey();
      mrr[i++] = sum;
    }
    firstPaid = firstPaid();
  }

  private AccountPath(Account account, long[] instants, long[] mrr) {
    this.account = account;
    this.instants = instants;
    this.mrr = mrr;
    this.firstPaid = firstPaid();
  }

  /** Whether the account paid once and pays no more. */
  boolean hasLeft() {
    return firstPaid != Long.MAX_VALUE && mrr[mrr.length - 1] == 0;
  }

  /** When the last stretch of paying began. */
  long finalStint() {
    int step = lastPaid();
    while (step > 0 && mrr[step - 1] > 0) {
      step--;
    }
    return instants[step];
  }

  private int lastPaid() {
    int step = mrr.length - 1;
    while (step > 0 && mrr[step] == 0) {
      step--;
    }
    return step;
  }

  /**
   * The same with another end of the final stint, earlier or later; unchanged for those who have
   * not left.
   */
  AccountPath endingAt(@Nullable Long end) {
    if (end == null || !hasLeft()) {
      return this;
    }
    int kept = lastPaid() + 1;
    while (kept > 0 && instants[kept - 1] >= end) {
      kept--;
    }
    long[] movedInstants = Arrays.copyOf(instants, kept + 1);
    movedInstants[kept] = end;
    long[] movedMrr = Arrays.copyOf(mrr, kept + 1);
    movedMrr[kept] = 0;
    return new AccountPath(account, movedInstants, movedMrr);
  }

  private long firstPaid() {
    for (int i = 0; i < mrr.length; i++) {
      if (mrr[i] > 0) {
        return instants[i];
      }
    }
    return Long.MAX_VALUE;
  }

  Account account() {
    return account;
  }

  int steps() {
    return instants.length;
  }

  long instant(int step) {
    return instants[step];
  }

  long mrr(int step) {
    return mrr[step];
  }

  /** The state at an instant, without what happens exactly then. */
  long at(long instant) {
    long state = 0;
    for (int i = 0; i < instants.length && instants[i] < instant; i++) {
      state = mrr[i];
    }
    return state;
  }

  boolean paidBefore(long instant) {
    return firstPaid < instant;
  }
}
