package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.usage.Days;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Cloud bills, the books' monthly costs, the runs of the syncs, and experiments in the product. */
final class OperationsTables {
  private static final List<String> SERVICES =
      List.of("AmazonEC2", "AmazonRDS", "AmazonS3", "AmazonCloudFront", "AWSLambda");
  private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");
  private static final List<String> SOURCES =
      List.of("stripe", "salesforce", "postgresql", "zendesk", "aws");
  private static final int BILLED_DAYS = 800;
  private static final int SYNC_DAYS = 90;

  private final History history;

  OperationsTables(History history) {
    this.history = history;
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("aws.cost_and_usage", BILLED_DAYS * 10L, this::writeCloudCosts),
        SourceTable.of("finance.costs_monthly", Timeline.MONTHS * 7L, this::writeCosts),
        SourceTable.of("ops.sync_runs", SYNC_DAYS * 5L, this::writeSyncs),
        SourceTable.of("app.experiments", 2, OperationsTables::writeExperiments),
        SourceTable.of(
            "app.experiment_assignments", history.accounts().size(), this::writeAssignments));
  }

  private void writeCloudCosts(RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "cloud costs");
    for (int day = Days.COUNT - BILLED_DAYS; day < Days.COUNT; day++) {
      double growth = 1 + 0.6 * (day - (Days.COUNT - BILLED_DAYS)) / BILLED_DAYS;
      for (String service : SERVICES) {
        for (String region : REGIONS) {
          double cost =
              history.targets().scale()
                  * 420
                  * growth
                  * dice.lognormal(0.08)
                  / (1 + SERVICES.indexOf(service));
          rows.day(Days.date(day)).text(service).text(region).text("usage").text("Usage");
          rows.number(BigDecimal.valueOf(Math.round(cost * 1_000_000), 6)).text("USD").end();
        }
      }
    }
  }

  /** In proportion to the revenue of the month. */
  private void writeCosts(RowWriter rows) {
    for (int month = 0; month < Timeline.MONTHS; month++) {
      Dice dice = Dice.of(history.seed(), "costs", month);
      double revenue =
          history.targets().total(Timeline.MONTHS - 1)
              / 100.0
              * (0.08 + 0.92 * (month + 1) / Timeline.MONTHS);
      write(month, "sales", revenue * 0.24, dice, rows);
      write(month, "marketing", revenue * 0.16, dice, rows);
      write(month, "cogs_hosting", revenue * 0.09, dice, rows);
      write(month, "cogs_support", revenue * 0.07, dice, rows);
      write(month, "cogs_payment_fees", revenue * 0.025, dice, rows);
      write(month, "r_and_d", revenue * 0.27, dice, rows);
      write(month, "g_and_a", revenue * 0.11, dice, rows);
    }
  }

  private static void write(int month, String center, double amount, Dice dice, RowWriter rows) {
    rows.day(Timeline.month(month).atDay(1))
        .text(center)
        .hundredths(Math.round(amount * dice.between(95, 105)))
        .text("USD")
        .end();
  }

  private void writeSyncs(RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "syncs");
    long id = 1;
    for (int day = Days.COUNT - SYNC_DAYS; day < Days.COUNT; day++) {
      for (String source : SOURCES) {
        long startedAt = Days.start(day) + 5 * 3_600L + dice.between(0, 1_800);
        boolean failed = dice.chance(0.02);
        LocalDate date = Days.date(day);
        rows.number(id++).text(source).instant(startedAt);
        if (failed) {
          rows.nothing();
        } else {
          rows.instant(startedAt + dice.between(60, 900));
        }
        rows.day(date)
            .text(failed ? "failed" : "succeeded")
            .number(failed ? 0 : dice.between(5_000, 90_000));
        rows.number(BigDecimal.valueOf(dice.between(0, 900), 5)).end();
      }
    }
  }

  private static void writeExperiments(RowWriter rows) {
    rows.text("onboarding_checklist")
        .text("Checklist for new workspaces")
        .utc(Timeline.monthStart(20))
        .utc(Timeline.monthStart(26))
        .end();
    rows.text("seat_prompt")
        .text("Prompt when seats run out")
        .utc(Timeline.monthStart(32))
        .nothing()
        .end();
  }

  private void writeAssignments(RowWriter rows) {
    for (Account account : history.accounts()) {
      Dice dice = Dice.of(history.seed(), "experiments", account.id());
      assign(
          "onboarding_checklist",
          account,
          account.createdAt(),
          Timeline.monthStart(20),
          Timeline.monthStart(26),
          dice,
          rows);
      long seen = dice.instant(Timeline.monthStart(32), Timeline.end());
      assign(
          "seat_prompt",
          account,
          account.mrrAt(seen) > 0 ? seen : 0,
          Timeline.monthStart(32),
          Timeline.end(),
          dice,
          rows);
    }
  }

  private static void assign(
      String experiment, Account account, long at, long from, long to, Dice dice, RowWriter rows) {
    String variant = dice.chance(0.5) ? "control" : "treatment";
    if (at >= from && at < to) {
      rows.text(experiment).number(account.workspaceId()).text(variant).utc(at).end();
    }
  }
}
