package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Customer success and sales people, and which accounts they look after. */
final class PortfolioTables {
  private static final String ASSIGNMENTS = "cs.account_assignments";
  private static final int MANAGERS = 12;
  private static final int EXECUTIVES = 10;
  private static final double REASSIGNED = 0.08;
  private static final double OVERLAPPING = 0.002;
  private static final LocalDate DEPARTURE = LocalDate.of(2025, 8, 15);

  /** Two who have left, and whose accounts nobody took over. */
  private static final Set<Integer> DEPARTED = Set.of(5, 9);

  private final History history;
  private final DirtLog dirt;
  private final Names names;
  private final List<Account> accounts;
  private final Set<Account> reassigned;
  private final Set<Account> overlapping;

  PortfolioTables(History history, DirtLog dirt) {
    this.history = history;
    this.dirt = dirt;
    this.names = new Names(history.seed());
    this.accounts = history.accounts().stream().filter(PortfolioTables::isLookedAfter).toList();
    Dice dice = Dice.of(history.seed(), "portfolio");
    this.reassigned =
        Sample.of(accounts, account -> isOld(account), REASSIGNED * accounts.size(), dice);
    this.overlapping =
        Sample.of(
            accounts,
            account -> isOld(account) && !reassigned.contains(account),
            OVERLAPPING * accounts.size(),
            dice);
  }

  /** Accounts that someone looks after. */
  List<Account> accounts() {
    return accounts;
  }

  private static boolean isLookedAfter(Account account) {
    return account.kind() == Account.Kind.PAID && account.segment() != Segment.SELF_SERVE;
  }

  private static boolean isOld(Account account) {
    return account.id() > 1 && account.createdAt() < Timeline.end() - 200 * Timeline.DAY;
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("cs.team_members", MANAGERS + EXECUTIVES, this::writeMembers),
        SourceTable.of(ASSIGNMENTS, accounts.size() * 2L, this::writeAssignments));
  }

  private void writeMembers(RowWriter rows) {
    List<String> taken = new ArrayList<>();
    for (int id = 1; id <= MANAGERS + EXECUTIVES; id++) {
      String name = id == 1 ? "Maya Chen" : freeName(id, taken);
      taken.add(name);
      boolean departed = DEPARTED.contains(id);
      if (departed) {
        dirt.log(DirtKind.MEMBER_DEPARTED, "cs.team_members", id);
      }
      String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@cloudflow.example";
      rows.number(id)
          .text(name)
          .text(email)
          .text(id <= MANAGERS ? "CSM" : "AE")
          .day(LocalDate.of(2022, 1, 10))
          .day(departed ? DEPARTURE : null)
          .end();
    }
  }

  private String freeName(int id, List<String> taken) {
    int salt = 0;
    String name = names.person("member", id);
    while (taken.contains(name)) {
      salt += 1_000;
      name = names.person("member", id + salt);
    }
    return name;
  }

  private void writeAssignments(RowWriter rows) {
    for (Account account : accounts) {
      Dice dice = Dice.of(history.seed(), "assignment", account.id());
      int manager = account.id() == 1 ? 1 : dice.between(1, MANAGERS);
      writeManager(account, manager, dice, rows);
      write(
          account,
          dice.between(MANAGERS + 1, MANAGERS + EXECUTIVES),
          "AE",
          Timeline.day(account.createdAt()),
          null,
          rows);
    }
  }

  private void writeManager(Account account, int manager, Dice dice, RowWriter rows) {
    LocalDate from = Timeline.day(account.createdAt());
    boolean overlaps = overlapping.contains(account);
    if (!overlaps && !reassigned.contains(account)) {
      write(account, manager, "CSM", from, null, rows);
      return;
    }
    int successor = manager % MANAGERS + 1;
    LocalDate change = Timeline.AS_OF.minusDays(dice.between(20, 150)).withDayOfMonth(17);
    dirt.log(
        overlaps ? DirtKind.ASSIGNMENT_OVERLAP : DirtKind.MEMBER_REASSIGNED,
        ASSIGNMENTS,
        account.id());
    write(account, manager, "CSM", from, overlaps ? change.plusDays(9) : change, rows);
    write(account, successor, "CSM", change, null, rows);
  }

  private static void write(
      Account account,
      int member,
      String role,
      LocalDate from,
      @Nullable LocalDate to,
      RowWriter rows) {
    rows.number(account.id()).number(member).text(role).day(from).day(to).end();
  }
}
