package io.plumbline.demo.cloudflow.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The company's whole ledger, drawn from a seed: the only source of its tables, its dirt and its
 * answer key.
 */
public final class History {
  private final Targets targets;
  private final long seed;
  private final PlanCatalog plans = new PlanCatalog();
  private final ExchangeRates rates;
  private final List<Account> accounts;
  private final List<Subscription> subscriptions;
  private final List<Subscription> orphans;
  private final Account billedDifferently;

  /** Plays the history; takes about a second at scale 1. */
  public History(double scale, long seed) {
    this.targets = new Targets(scale);
    this.seed = seed;
    this.rates = new ExchangeRates(seed);
    List<Customer> customers = new RevenueSimulation(targets, rates, plans, seed).play();
    this.accounts = new ArrayList<>(customers.stream().map(Customer::account).toList());
    new Incidents(targets, rates, Dice.of(seed, "incidents")).happen(customers);
    Bystanders bystanders = new Bystanders(targets, plans, Dice.of(seed, "bystanders"));
    accounts.addAll(bystanders.accounts());
    this.orphans = bystanders.orphans();
    this.billedDifferently = account(customers, Prospect.Role.BILLED_DIFFERENTLY);
    numberAccounts(account(customers, Prospect.Role.TENANT));
    this.subscriptions = numberedSubscriptions();
    new LegacyWriter(targets, Dice.of(seed, "legacy")).write(subscriptions);
    new Renewals(targets, Dice.of(seed, "renewals")).fill(subscriptions);
  }

  /** What several tables say about the same account. */
  public Traits traits() {
    return new Traits(seed);
  }

  public Targets targets() {
    return targets;
  }

  public long seed() {
    return seed;
  }

  public PlanCatalog plans() {
    return plans;
  }

  public ExchangeRates rates() {
    return rates;
  }

  /** Every account by its number. */
  public List<Account> accounts() {
    return List.copyOf(accounts);
  }

  /** Every subscription by its number, those of nobody included. */
  public List<Subscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  /** Subscriptions whose account is in no table. */
  public List<Subscription> orphans() {
    return List.copyOf(orphans);
  }

  /** The account whose price at Stripe is not the product's. */
  public Account billedDifferently() {
    return billedDifferently;
  }

  /** Accounts that metrics are about. */
  public List<Account> counted() {
    return accounts.stream().filter(account -> !account.isExcluded()).toList();
  }

  /**
   * In the order of their creation; the tenant administrator's account is the first at every scale.
   */
  private void numberAccounts(Account tenant) {
    tenant.createdAt(Timeline.monthStart(0));
    accounts.sort(
        Comparator.comparing((Account account) -> account != tenant)
            .thenComparingLong(Account::createdAt));
    for (int i = 0; i < accounts.size(); i++) {
      accounts.get(i).id(i + 1);
    }
    for (int i = 0; i < orphans.size(); i++) {
      orphans.get(i).account().id(Bystanders.FIRST_ORPHAN + i);
    }
  }

  private static Account account(List<Customer> customers, Prospect.Role role) {
    return customers.stream()
        .filter(customer -> customer.prospect().role() == role)
        .findFirst()
        .orElseThrow()
        .account();
  }

  private List<Subscription> numberedSubscriptions() {
    List<Subscription> all = new ArrayList<>(orphans);
    accounts.forEach(account -> all.addAll(account.subscriptions()));
    all.sort(
        Comparator.comparingLong((Subscription subscription) -> subscription.first().at())
            .thenComparingInt(subscription -> subscription.account().id()));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).number(i + 1);
    }
    return all;
  }
}
