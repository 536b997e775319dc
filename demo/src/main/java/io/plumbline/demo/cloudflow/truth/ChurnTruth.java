package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.billing.Ledger;
import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.truth.Movements.Count;
import io.plumbline.demo.cloudflow.truth.Movements.Sum;
import io.plumbline.demo.cloudflow.usage.Days;
import io.plumbline.demo.cloudflow.usage.Member;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import io.plumbline.demo.cloudflow.usage.WorkspaceUsage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Churn when the end of each final stint is moved to what billing or usage say. */
final class ChurnTruth {
  private static final int SILENT_DAYS = 30;

  private final ExchangeRates rates;
  private final List<AccountPath> paths;
  private final Map<ChurnBasis, Map<Account, Long>> ends = new HashMap<>();

  ChurnTruth(History history, Ledger ledger, UsageModel usage) {
    this.rates = history.rates();
    this.paths =
        history.counted().stream().map(AccountPath::new).filter(path -> path.steps() > 0).toList();
    ends.put(ChurnBasis.CONTRACT, Map.of());
    ends.put(ChurnBasis.BILLING, ledger.paidThrough());
    ends.put(ChurnBasis.BILLING_INVOICE, ledger.lastPaidInvoices());
    ends.put(ChurnBasis.USAGE, silences(usage));
  }

  private Map<Account, Long> silences(UsageModel usage) {
    Map<Account, AccountPath> left = new HashMap<>();
    paths.stream().filter(AccountPath::hasLeft).forEach(path -> left.put(path.account(), path));
    Map<Account, Long> silences = new HashMap<>();
    usage.visit(
        workspace -> {
          AccountPath path = left.get(workspace.account());
          if (path != null) {
            silences.put(workspace.account(), silence(workspace, Days.of(path.finalStint())));
          }
        });
    return silences;
  }

  /** Days after the end of use count as silent, and so do those after history. */
  private static long silence(WorkspaceUsage workspace, int from) {
    BitSet active = new BitSet(Days.COUNT);
    for (Member member : workspace.members()) {
      for (int day = member.from(); day < Math.min(member.to(), Days.COUNT); day++) {
        if (workspace.isActive(member, day)) {
          active.set(day);
        }
      }
    }
    int day = active.nextClearBit(from);
    for (int next = active.nextSetBit(day);
        next >= 0 && next - day < SILENT_DAYS;
        next = active.nextSetBit(day)) {
      day = active.nextClearBit(next);
    }
    return Days.start(day);
  }

  void collect(MetricTable table) {
    for (ChurnBasis basis : ChurnBasis.values()) {
      List<AccountPath> moved =
          paths.stream()
              .map(path -> path.endingAt(ends.getOrDefault(basis, Map.of()).get(path.account())))
              .toList();
      collect(table, basis, MetricTable.ALL, moved);
      for (Segment segment : Segment.values()) {
        collect(
            table,
            basis,
            segment.label(),
            moved.stream().filter(path -> path.account().segment() == segment).toList());
      }
    }
  }

  private void collect(
      MetricTable table, ChurnBasis basis, String segment, List<AccountPath> group) {
    for (Period period : new ArrayList<>(Period.all())) {
      Movements movements = movements(group, period.from(), period.to());
      Movements trailing = movements(group, Timeline.plusMonths(period.to(), -12), period.to());
      String suffix = "_" + basis.label();
      MetricValues values =
          new MetricValues()
              .put("churned_mrr" + suffix, movements.atOpeningRate(Sum.CHURNED))
              .put("churned_customers" + suffix, movements.count(Count.CHURNED))
              .ratio(
                  "revenue_churn_rate" + suffix,
                  movements.atOpeningRate(Sum.CHURNED),
                  movements.atOpeningRate(Sum.OPENING))
              .ratio(
                  "revenue_churn_t12m" + suffix,
                  trailing.atOpeningRate(Sum.CHURNED),
                  trailing.atOpeningRate(Sum.OPENING));
      table.add(period.grain(), period.start(), segment, values);
    }
  }

  private Movements movements(List<AccountPath> group, long from, long to) {
    Movements movements = new Movements(rates, from, to);
    group.forEach(movements::add);
    return movements;
  }
}
