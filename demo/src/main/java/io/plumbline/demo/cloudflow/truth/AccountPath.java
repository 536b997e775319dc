package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Subscription;
import java.util.Map;
import java.util.TreeMap;

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
