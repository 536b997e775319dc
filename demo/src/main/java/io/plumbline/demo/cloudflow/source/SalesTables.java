package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.List;

/** Salesforce: its users, its copies of the accounts, and opportunities won and lost. */
final class SalesTables {
  private static final int USERS = 10;
  private static final int OPPORTUNITIES = 6_000;
  private static final List<String> SOURCES = List.of("Inbound", "Outbound", "Partner", "Event");

  private final History history;
  private final Names names;
  private int nextOpportunity = 1;

  SalesTables(History history) {
    this.history = history;
    this.names = new Names(history.seed());
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("salesforce.users", USERS, this::writeUsers),
        SourceTable.of(
            "salesforce.accounts",
            history.accounts().size(),
            rows -> history.accounts().forEach(account -> writeAccount(account, rows))),
        SourceTable.of(
            "salesforce.opportunities",
            history.targets().count(OPPORTUNITIES),
            this::writeOpportunities));
  }

  private static String userId(int number) {
    return Ids.of("005", 12, number);
  }

  private String owner(Account account) {
    return userId(Dice.of(history.seed(), "owner", account.id()).between(1, USERS));
  }

  private void writeUsers(RowWriter rows) {
    for (int i = 1; i <= USERS; i++) {
      String name = names.person("sales", i);
      rows.text(userId(i))
          .text(name)
          .text("sales" + i + "@cloudflow.example")
          .text("AE")
          .bool(true)
          .end();
    }
  }

  private void writeAccount(Account account, RowWriter rows) {
    rows.text(AccountTables.salesforceId(account))
        .text(names.account(account))
        .text(owner(account));
    rows.text(account.mrrAt(Timeline.end()) > 0 ? "Customer" : "Prospect")
        .text(names.industry(account));
    rows.text(Integer.toString(account.id())).instant(account.createdAt()).bool(false).end();
  }

  /**
   * One for the first subscription of larger customers, and for some of their expansions; about as
   * many were lost.
   */
  private void writeOpportunities(RowWriter rows) {
    List<Account> larger =
        history.accounts().stream()
            .filter(
                account ->
                    account.kind() == Account.Kind.PAID
                        || account.kind() == Account.Kind.NEVER_PAID)
            .filter(
                account ->
                    account.segment() != Segment.SELF_SERVE && !account.subscriptions().isEmpty())
            .toList();
    double share =
        (double) history.targets().count(OPPORTUNITIES) / Math.max(1, larger.size() * 1.3);
    for (Account account : larger) {
      Dice dice = Dice.of(history.seed(), "opportunities", account.id());
      if (dice.chance(share)) {
        write(account, account.subscriptions().get(0), "New Business", dice, rows);
      }
      if (dice.chance(share * 0.3)) {
        write(account, account.subscriptions().get(0), "Expansion", dice, rows);
      }
    }
  }

  private void write(
      Account account, Subscription subscription, String type, Dice dice, RowWriter rows) {
    Change first = subscription.first();
    boolean won = account.kind() == Account.Kind.PAID && dice.chance(0.9);
    boolean open = !won && first.at() > Timeline.end() - 40 * Timeline.DAY;
    long amount = first.after().monthlyPrice() * 12;
    long closed =
        first.at() + (type.equals("Expansion") ? dice.between(40, 300) * Timeline.DAY : 0);
    rows.text(Ids.of("006", 12, nextOpportunity++))
        .text(AccountTables.salesforceId(account))
        .text(owner(account));
    rows.text(names.account(account) + " " + type)
        .text(type)
        .text(won ? "Closed Won" : open ? "Negotiation" : "Closed Lost");
    rows.hundredths(amount)
        .hundredths(amount)
        .text(account.currency().name())
        .number(won ? 100 : open ? 60 : 0)
        .bool(won)
        .bool(!open);
    rows.day(Timeline.day(closed));
    if (won) {
      rows.day(Timeline.day(closed)).day(Timeline.day(Timeline.plusMonths(closed, 12)));
    } else {
      rows.nothing().nothing();
    }
    rows.instant(first.at() - dice.between(5, 60) * Timeline.DAY).text(dice.pick(SOURCES)).end();
  }
}
