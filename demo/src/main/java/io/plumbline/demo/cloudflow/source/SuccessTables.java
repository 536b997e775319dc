package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.usage.Days;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the people of customer success write down: health, risks, tasks and messages; and the
 * model's guess at churn.
 */
final class SuccessTables {
  private static final List<String> RISKS =
      List.of("Champion left", "Low usage", "Budget cut", "Open escalation");
  private static final List<String> OPPORTUNITIES =
      List.of("New department", "Annual upgrade", "More seats");
  private static final List<String> TASKS =
      List.of("Quarterly review", "Renewal call", "Onboarding check", "Answer escalation");
  private static final int SCORED_DAYS = 365;

  private final History history;
  private final List<Account> accounts;
  private long nextIndicator = 1;
  private long nextTask = 1;
  private long nextMessage = 1;

  SuccessTables(History history, List<Account> accounts) {
    this.history = history;
    this.accounts = accounts;
  }

  List<SourceTable> tables() {
    int size = accounts.size();
    return List.of(
        SourceTable.of(
            "cs.health_scores",
            size * 17L,
            rows -> accounts.forEach(account -> writeHealth(account, rows))),
        SourceTable.of(
            "cs.indicators",
            size,
            rows -> accounts.forEach(account -> writeIndicators(account, rows))),
        SourceTable.of(
            "cs.tasks", size * 3L, rows -> accounts.forEach(account -> writeTasks(account, rows))),
        SourceTable.of(
            "cs.messages",
            size * 8L,
            rows -> accounts.forEach(account -> writeMessages(account, rows))),
        SourceTable.of(
            "ml.churn_scores_daily",
            Math.round(1_450_000 * history.targets().scale()),
            rows -> history.accounts().forEach(account -> writeScores(account, rows))));
  }

  private Dice dice(String purpose, Account account) {
    return Dice.of(history.seed(), purpose, account.id());
  }

  /** On the first of every month in which the account pays. */
  private void writeHealth(Account account, RowWriter rows) {
    Dice dice = dice("health", account);
    double usual = 50 + 40 * dice.uniform();
    for (int month = 1; month < Timeline.MONTHS; month++) {
      long at = Timeline.monthStart(month);
      double score = Math.max(1, Math.min(100, usual + 8 * dice.gaussian()));
      if (account.mrrAt(at) > 0) {
        String category = score >= 70 ? "Healthy" : score >= 45 ? "Neutral" : "Poor";
        rows.number(account.id())
            .day(Timeline.day(at))
            .hundredths(Math.round(score * 100))
            .text(category)
            .end();
      }
    }
  }

  private void writeIndicators(Account account, RowWriter rows) {
    Dice dice = dice("indicators", account);
    int count = dice.poisson(0.9);
    for (int i = 0; i < count; i++) {
      boolean risk = dice.chance(0.6);
      long openedAt = anyInstant(account, dice);
      rows.number(nextIndicator++).number(account.id()).text(risk ? "risk" : "opportunity");
      rows.text(dice.pick(risk ? RISKS : OPPORTUNITIES))
          .number(dice.between(1, 12))
          .instant(openedAt);
      rows.pastInstant(openedAt + dice.between(5, 200) * Timeline.DAY).end();
    }
  }

  private void writeTasks(Account account, RowWriter rows) {
    Dice dice = dice("tasks", account);
    int count = dice.poisson(3);
    for (int i = 0; i < count; i++) {
      long createdAt = anyInstant(account, dice);
      long due = createdAt + dice.between(3, 40) * Timeline.DAY;
      rows.number(nextTask++)
          .number(account.id())
          .number(dice.between(1, 12))
          .text(dice.pick(TASKS))
          .day(Timeline.day(due));
      rows.instant(createdAt).pastInstant(due + dice.between(-2, 6) * Timeline.DAY).end();
    }
  }

  private void writeMessages(Account account, RowWriter rows) {
    Dice dice = dice("messages", account);
    int count = dice.poisson(8);
    for (int i = 0; i < count; i++) {
      rows.number(nextMessage++)
          .number(account.id())
          .text(dice.chance(0.45) ? "inbound" : "outbound");
      rows.text(dice.chance(0.8) ? "email" : "chat").instant(anyInstant(account, dice)).end();
    }
  }

  private static long anyInstant(Account account, Dice dice) {
    return dice.instant(
        account.createdAt(), Math.max(account.createdAt() + 1, Timeline.end() - 60));
  }

  /** Every day of the last year on which the account pays; higher for those who will leave. */
  private void writeScores(Account account, RowWriter rows) {
    if (account.kind() != Account.Kind.PAID) {
      return;
    }
    Dice dice = dice("churn scores", account);
    boolean leaves = account.mrrAt(Timeline.end()) == 0;
    double usual = leaves ? dice.between(0.2, 0.9) : dice.between(0.01, 0.35);
    for (int day = Days.COUNT - SCORED_DAYS; day < Days.COUNT; day++) {
      double score = Math.max(0, Math.min(0.99999, usual + 0.04 * dice.gaussian()));
      if (account.mrrAt(Days.start(day)) > 0) {
        rows.number(account.workspaceId())
            .day(Days.date(day))
            .number(BigDecimal.valueOf(Math.round(score * 100_000), 5));
        rows.text(day < Days.COUNT - 120 ? "v4" : "v5").end();
      }
    }
  }
}
