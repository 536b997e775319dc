package io.plumbline.demo.cloudflow.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A customer: what it is, and its subscriptions. All of them are in one currency. */
public final class Account {
  /** Why an account is in the books. */
  public enum Kind {
    PAID,
    NEVER_PAID,
    FREE,
    INTERNAL,
    TEST,
    /** In no table; only its subscription is. */
    ORPHAN
  }

  private final Kind kind;
  private final Segment segment;
  private final Currency currency;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private long createdAt;
  private int id;

  Account(Kind kind, Segment segment, Currency currency) {
    this.kind = kind;
    this.segment = segment;
    this.currency = currency;
  }

  public Kind kind() {
    return kind;
  }

  /** Internal and test accounts, and those that don't exist, are in no metric. */
  public boolean isExcluded() {
    return kind == Kind.INTERNAL || kind == Kind.TEST || kind == Kind.ORPHAN;
  }

  public boolean isOrphan() {
    return kind == Kind.ORPHAN;
  }

  public Segment segment() {
    return segment;
  }

  public Currency currency() {
    return currency;
  }

  public long createdAt() {
    return createdAt;
  }

  public int id() {
    return id;
  }

  /** Every account has one main workspace. */
  public int workspaceId() {
    return 1000 + id;
  }

  public List<Subscription> subscriptions() {
    return Collections.unmodifiableList(subscriptions);
  }

  public long mrrAt(long instant) {
    long mrr = 0;
    for (Subscription subscription : subscriptions) {
      mrr += subscription.mrrAt(instant);
    }
    return mrr;
  }

  /** MRR now, after every change so far. */
  long mrr() {
    long mrr = 0;
    for (Subscription subscription : subscriptions) {
      mrr += subscription.terms().mrr();
    }
    return mrr;
  }

  Subscription subscribe(boolean addOn, Change first) {
    Subscription subscription = new Subscription(this, addOn);
    subscription.add(first);
    subscriptions.add(subscription);
    return subscription;
  }

  void createdAt(long instant) {
    createdAt = instant;
  }

  void id(int assigned) {
    id = assigned;
  }
}
