package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Trials: those that start, end and convert in a period. */
final class TrialTruth {
  private final History history;
  private final List<Trial> trials = new ArrayList<>();

  /** A trial; {@code endedAt} is the earliest of conversion, cancellation and its regular end. */
  private record Trial(
      Account account, long startedAt, long endedAt, boolean converted, BigDecimal mrr) {}

  TrialTruth(History history) {
    this.history = history;
    for (Account account : history.counted()) {
      for (Subscription subscription : account.subscriptions()) {
        if (subscription.first().kind() == Change.Kind.TRIAL_STARTED) {
          trials.add(trial(account, subscription));
        }
      }
    }
  }

  private Trial trial(Account account, Subscription subscription) {
    long startedAt = subscription.first().at();
    if (subscription.changes().size() == 1) {
      return new Trial(account, startedAt, startedAt + 14 * Timeline.DAY, false, BigDecimal.ZERO);
    }
    Change second = subscription.changes().get(1);
    boolean converted = second.kind() == Change.Kind.CONVERTED;
    BigDecimal rate = history.rates().rate(account.currency(), Timeline.day(second.at()));
    BigDecimal mrr = BigDecimal.valueOf(second.after().mrr(), 2).multiply(rate);
    return new Trial(account, startedAt, second.at(), converted, mrr);
  }

  void collect(MetricTable table) {
    for (Period period : Period.all()) {
      table.add(period.grain(), period.start(), MetricTable.ALL, values(period, trial -> true));
      for (Segment segment : Segment.values()) {
        table.add(
            period.grain(),
            period.start(),
            segment.label(),
            values(period, trial -> trial.account().segment() == segment));
      }
    }
  }

  private MetricValues values(Period period, Predicate<Trial> condition) {
    long starts = 0;
    long qualified = 0;
    long convertedOfStarts = 0;
    long ended = 0;
    long converted = 0;
    BigDecimal mrr = BigDecimal.ZERO;
    Set<Account> accounts = new HashSet<>();
    for (Trial trial : trials) {
      if (!condition.test(trial)) {
        continue;
      }
      if (period.covers(trial.startedAt())) {
        starts++;
        accounts.add(trial.account());
        qualified += history.traits().isTargetMarket(trial.account()) ? 1 : 0;
        convertedOfStarts += trial.converted() ? 1 : 0;
      }
      if (period.covers(trial.endedAt())) {
        ended++;
        converted += trial.converted() ? 1 : 0;
        mrr = trial.converted() ? mrr.add(trial.mrr()) : mrr;
      }
    }
    return new MetricValues()
        .put("trial_starts", starts)
        .put("trial_accounts", accounts.size())
        .put("qualified_trials", qualified)
        .ratio("qualification_rate", qualified, starts)
        .put("converted_trials", converted)
        .put("converted_trial_mrr", mrr)
        .put("ended_trials", ended)
        .ratio("trial_conversion_rate", converted, ended)
        .ratio("trial_conversion_rate_start_cohort", convertedOfStarts, starts)
        .ratio("trial_conversion_rate_same_window", converted, starts);
  }
}
