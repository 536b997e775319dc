package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.BitSet;
import java.util.List;

/** The days on which an account could use the product. */
final class ServiceDays {
  private ServiceDays() {}

  static BitSet of(Account account) {
    BitSet days = new BitSet(Days.COUNT);
    for (Subscription subscription : account.subscriptions()) {
      List<Change> changes = subscription.changes();
      for (int i = 0; i < changes.size(); i++) {
        long to = i + 1 < changes.size() ? changes.get(i + 1).at() : Timeline.end();
        if (serves(changes.get(i).after().status())) {
          days.set(Days.of(changes.get(i).at()), Math.min(Days.COUNT, Days.of(to - 1) + 1));
        }
      }
    }
    return days;
  }

  private static boolean serves(Status status) {
    return status == Status.TRIALING || status.counts();
  }
}
