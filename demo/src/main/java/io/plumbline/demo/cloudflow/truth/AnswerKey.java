package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.usage.Survey;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a perfect semantic layer must return for a history. */
public final class AnswerKey {
  private final History history;
  private final Ledger ledger;
  private final UsageModel usage;
  private final Survey survey;

  public AnswerKey(History history, Ledger ledger, UsageModel usage, Survey survey) {
    this.history = history;
    this.ledger = ledger;
    this.usage = usage;
    this.survey = survey;
  }

  /**
   * A stretch of unchanged terms, and since when and until when it was believed. A cancellation
   * that was booked afterwards makes two of them: the open one that was believed until then, and
   * the one that ends.
   */
  public record Interval(
      Subscription subscription,
      Change change,
      OptionalLong to,
      long recordedFrom,
      OptionalLong recordedTo) {}

  /** Intervals of all accounts that count; a cancelled subscription has none. */
  public List<Interval> intervals() {
    List<Interval> intervals = new ArrayList<>();
    for (Subscription subscription : history.subscriptions()) {
      if (!subscription.account().isExcluded()) {
        add(subscription, intervals);
      }
    }
    return intervals;
  }

  public MetricTable metrics() {
    MetricTable table = new MetricTable();
    new RevenueTruth(history).collect(table);
    new ChurnTruth(history, ledger, usage).collect(table);
    new StripeTruth(ledger).collect(table);
    new TrialTruth(history).collect(table);
    new UsageTruth(usage).collect(table);
    new SurveyTruth(survey).collect(table);
    return table;
  }

  private static void add(Subscription subscription, List<Interval> intervals) {
    List<Change> changes = subscription.changes();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      if (change.after().status() == Status.CANCELLED) {
        continue;
      }
      if (i + 1 == changes.size()) {
        intervals.add(
            new Interval(
                subscription,
                change,
                OptionalLong.empty(),
                change.recordedAt(),
                OptionalLong.empty()));
        continue;
      }
      Change next = changes.get(i + 1);
      boolean bookedAfterwards = next.recordedAt() > next.at();
      if (bookedAfterwards) {
        intervals.add(
            new Interval(
                subscription,
                change,
                OptionalLong.empty(),
                change.recordedAt(),
                OptionalLong.of(next.recordedAt())));
      }
      long recordedFrom = bookedAfterwards ? next.recordedAt() : change.recordedAt();
      intervals.add(
          new Interval(
              subscription,
              change,
              OptionalLong.of(next.at()),
              recordedFrom,
              OptionalLong.empty()));
    }
  }
}
