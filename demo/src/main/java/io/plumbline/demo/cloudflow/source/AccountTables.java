package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Account.Kind;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Ids;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Accounts, the segments they were in, and their customer records at Stripe. */
final class AccountTables {
  private static final double SEGMENT_CHANGES_A_YEAR = 0.03;
  private static final double MISSPELT = 0.05;

  private final History history;
  private final Names names;
  private final DirtLog dirt;
  private final Set<Account> misspelt;

  AccountTables(History history, DirtLog dirt) {
    this.history = history;
    this.names = new Names(history.seed());
    this.dirt = dirt;
    List<Account> accounts = history.accounts();
    long midMarket = accounts.stream().filter(AccountTables::isMidMarket).count();
    this.misspelt =
        Sample.of(
            accounts,
            AccountTables::isMidMarket,
            MISSPELT * midMarket,
            Dice.of(history.seed(), "misspelt segment"));
  }

  static String customerId(Account account) {
    return Ids.of("cus_", 6, account.id());
  }

  static String salesforceId(Account account) {
    return Ids.of("001", 12, account.id());
  }

  List<SourceTable> tables() {
    int size = history.accounts().size();
    return List.of(
        SourceTable.of(
            "app.accounts",
            size,
            rows -> history.accounts().forEach(account -> writeAccount(account, rows))),
        SourceTable.of(
            "app.account_segment_history",
            size,
            rows -> history.accounts().forEach(account -> writeSegments(account, rows))),
        SourceTable.of(
            "stripe.customers",
            size,
            rows -> history.accounts().forEach(account -> writeCustomer(account, rows))));
  }

  private void writeAccount(Account account, RowWriter rows) {
    if (account.kind() == Kind.INTERNAL) {
      dirt.log(DirtKind.INTERNAL_ACCOUNT, "app.accounts", account.id());
    }
    Names.Place place = names.place(account);
    Dice dice = Dice.of(history.seed(), "account", account.id());
    rows.number(account.id())
        .text(names.account(account))
        .text(names.industry(account))
        .text(account.segment().label())
        .text(place.region())
        .text(place.country())
        .number(employees(account.segment(), dice))
        .text(account.currency().name())
        .bool(account.kind() == Kind.INTERNAL)
        .bool(history.traits().isTargetMarket(account))
        .utc(account.createdAt())
        .nothing()
        .text(customerId(account))
        .text(salesforceId(account))
        .end();
  }

  private static long employees(Segment segment, Dice dice) {
    long usual =
        switch (segment) {
          case ENTERPRISE -> 4_000;
          case MID_MARKET -> 450;
          case SMB -> 60;
          case SELF_SERVE -> 6;
        };
    return Math.max(1, Math.round(usual * dice.lognormal(0.6)));
  }

  private void writeSegments(Account account, RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "segment change", account.id());
    LocalDate created = Timeline.day(account.createdAt());
    long days = Timeline.AS_OF.toEpochDay() - created.toEpochDay();
    boolean moved =
        days > 60 && dice.chance(1 - StrictMath.pow(1 - SEGMENT_CHANGES_A_YEAR, days / 365.0));
    LocalDate from = created;
    if (moved) {
      from = created.plusDays(dice.between(30, (int) days - 1));
      Segment[] all = Segment.values();
      int neighbour =
          account.segment().ordinal() == all.length - 1
              ? account.segment().ordinal() - 1
              : account.segment().ordinal() + 1;
      rows.number(account.id()).text(all[neighbour].label()).day(created).day(from).end();
    }
    rows.number(account.id()).text(spelling(account)).day(from).nothing().end();
  }

  /** The stored segment of an account is checked by the database; its history is not. */
  private String spelling(Account account) {
    if (!misspelt.contains(account)) {
      return account.segment().label();
    }
    dirt.log(DirtKind.SPELLING, "app.account_segment_history", account.id());
    return "Mid Market";
  }

  private static boolean isMidMarket(Account account) {
    return account.segment() == Segment.MID_MARKET;
  }

  private void writeCustomer(Account account, RowWriter rows) {
    boolean test = account.kind() == Kind.TEST;
    if (test) {
      dirt.log(
          DirtKind.TEST_ACCOUNT,
          "stripe.customers",
          customerId(account),
          "{\"account_id\": " + account.id() + "}");
    }
    Dice dice = Dice.of(history.seed(), "customer", account.id());
    rows.text(customerId(account))
        .instant(account.createdAt())
        .text("billing@" + names.domain(account))
        .text(names.account(account))
        .text(account.currency().name().toLowerCase(Locale.ROOT))
        .bool(false)
        .number(0)
        .text(
            dice.pick(List.of("visa", "mastercard", "amex", "sepa_debit"))
                + " ending "
                + dice.between(1_000, 9_999))
        .text("{\"account_id\": \"" + account.id() + "\"}")
        .bool(!test)
        .bool(false)
        .instant(account.createdAt())
        .instant(Timeline.end() - 3_600)
        .end();
  }
}
