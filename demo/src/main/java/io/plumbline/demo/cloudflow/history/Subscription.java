package io.plumbline.demo.cloudflow.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription of an account, as the list of its changes in order of time. */
public final class Subscription {
  private final Account account;
  private final boolean addOn;
  private final List<Change> changes = new ArrayList<>();
  private int number;
  private boolean legacy;
  private @Nullable Subscription replaced;

  Subscription(Account account, boolean addOn) {
    this.account = account;
    this.addOn = addOn;
  }

  public Account account() {
    return account;
  }

  /** A second subscription beside the account's main one. */
  public boolean isAddOn() {
    return addOn;
  }

  /** Written by the old writer, which stores the wall clock of Los Angeles. */
  public boolean isLegacy() {
    return legacy;
  }

  public String id() {
    return Ids.of("sub_", 6, number);
  }

  /** Its item at Stripe, where a migrated subscription goes on under its first number. */
  public String itemId() {
    return replaced == null ? Ids.of("si_", 6, number) : replaced.itemId();
  }

  /** Its subscription at Stripe. */
  public String stripeId() {
    return "stripe_" + itemId();
  }

  /** Whether Stripe has it as a subscription of its own. */
  public boolean isOwnAtStripe() {
    return replaced == null;
  }

  void replaces(Subscription old) {
    replaced = old;
  }

  public int number() {
    return number;
  }

  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  public Change first() {
    return changes.get(0);
  }

  public Change last() {
    return changes.get(changes.size() - 1);
  }

  /** The terms now. */
  public Terms terms() {
    return last().after();
  }

  /**
   * MRR in hundredths of the currency as of an instant; what happens exactly then is not yet in it.
   */
  public long mrrAt(long instant) {
    long mrr = 0;
    for (Change change : changes) {
      if (change.at() >= instant) {
        break;
      }
      mrr = change.after().mrr();
    }
    return mrr;
  }

  void add(Change change) {
    if (!changes.isEmpty() && change.at() <= last().at()) {
      throw new IllegalStateException(
          "A change before the last one of account "
              + account.id()
              + ": "
              + change
              + " after "
              + last());
    }
    changes.add(change);
  }

  /** Puts a change where its time belongs. */
  void insert(Change change) {
    int index = 0;
    while (index < changes.size() && changes.get(index).at() <= change.at()) {
      index++;
    }
    changes.add(index, change);
  }

  /** Puts a change in the place of another; it must not pass its neighbours. */
  void replace(int index, Change change) {
    boolean afterPrevious = index == 0 || changes.get(index - 1).at() < change.at();
    boolean beforeNext = index == changes.size() - 1 || change.at() < changes.get(index + 1).at();
    if (!afterPrevious || !beforeNext) {
      throw new IllegalStateException("A change out of order: " + change);
    }
    changes.set(index, change);
  }

  void number(int assigned) {
    number = assigned;
  }

  void markLegacy() {
    legacy = true;
  }
}
