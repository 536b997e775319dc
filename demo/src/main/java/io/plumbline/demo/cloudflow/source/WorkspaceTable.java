package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.List;

/** Workspaces: the main one of every account, and sandboxes beside some. */
final class WorkspaceTable {
  private static final int SANDBOXES = 1_500;

  private final History history;
  private final Names names;
  private final WriterClock clock;

  WorkspaceTable(History history) {
    this.history = history;
    this.names = new Names(history.seed());
    this.clock = new WriterClock(history.seed());
  }

  SourceTable table() {
    return SourceTable.of(
        "app.workspaces",
        history.accounts().size() + history.targets().count(SANDBOXES),
        this::write);
  }

  private void write(RowWriter rows) {
    List<Account> accounts = history.accounts();
    for (Account account : accounts) {
      if (account.subscriptions().isEmpty()) {
        writeWithoutPlan(account, rows);
      } else {
        write(account, account.subscriptions().get(0), rows);
      }
    }
    Dice dice = Dice.of(history.seed(), "sandboxes");
    long id = 1_001L + accounts.size();
    for (int i = 0; i < history.targets().count(SANDBOXES); i++) {
      Account account = dice.pick(accounts);
      long createdAt = dice.instant(account.createdAt(), Timeline.end());
      rows.number(id++)
          .number(account.id())
          .text(names.account(account) + " sandbox")
          .text("free")
          .text("sandbox");
      rows.utc(createdAt).nothing().nothing().text("3.1.0").end();
    }
  }

  private void writeWithoutPlan(Account account, RowWriter rows) {
    rows.number(account.workspaceId())
        .number(account.id())
        .text(names.account(account))
        .text("free")
        .text("created");
    rows.utc(account.createdAt()).nothing().nothing().text("3.1.0").end();
  }

  /** Stored by the writer of the first subscription, on its clock. */
  private void write(Account account, Subscription first, RowWriter rows) {
    List<Subscription> subscriptions = account.subscriptions();
    Subscription main =
        subscriptions.stream()
            .filter(s -> s.terms().status() != Status.CANCELLED)
            .findFirst()
            .orElse(subscriptions.get(subscriptions.size() - 1));
    boolean cancelled = main.terms().status() == Status.CANCELLED;
    rows.number(account.workspaceId())
        .number(account.id())
        .text(names.account(account))
        .text(main.terms().plan().tier());
    rows.text(
        cancelled ? "cancelled" : main.terms().status() == Status.TRIALING ? "trialing" : "active");
    rows.wallClock(WriterClock.stored(first, account.createdAt()));
    writeActivated(account, first, rows);
    rows.wallClock(cancelled ? WriterClock.stored(first, main.last().at()) : null)
        .text(clock.version(first))
        .end();
  }

  /** Paying customers, and most of those who tried, did something in their first days. */
  private void writeActivated(Account account, Subscription first, RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "activation", account.id());
    long at = first.first().at() + dice.between(600, 6 * 86_400);
    boolean activated = account.kind() == Account.Kind.PAID || dice.chance(0.55);
    rows.wallClock(activated && at < Timeline.end() ? WriterClock.stored(first, at) : null);
  }
}
