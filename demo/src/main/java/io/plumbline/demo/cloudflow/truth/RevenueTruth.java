package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.history.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every revenue metric by month and quarter, for each segment and for all. */
final class RevenueTruth {
  private final ExchangeRates rates;
  private final List<AccountPath> paths;

  RevenueTruth(History history) {
    this.rates = history.rates();
    this.paths =
        history.counted().stream().map(AccountPath::new).filter(path -> path.steps() > 0).toList();
  }

  void collect(MetricTable table) {
    for (Map.Entry<String, List<AccountPath>> group : groups().entrySet()) {
      DailyActivity activity = new DailyActivity(rates, group.getValue());
      for (Period period : Period.all()) {
        table.add(
            period.grain(),
            period.start(),
            group.getKey(),
            values(period, group.getValue(), activity));
      }
    }
  }

  private MetricValues values(Period period, List<AccountPath> group, DailyActivity activity) {
    MetricValues values = new MetricValues();
    RevenueMetrics.put(values, movements(group, period.from(), period.to()));
    RevenueMetrics.putTrailing(
        values, movements(group, Timeline.plusMonths(period.to(), -12), period.to()));
    activity.put(values, period);
    return values;
  }

  private Movements movements(List<AccountPath> group, long from, long to) {
    Movements movements = new Movements(rates, from, to);
    group.forEach(movements::add);
    return movements;
  }

  private Map<String, List<AccountPath>> groups() {
    Map<String, List<AccountPath>> groups = new LinkedHashMap<>();
    groups.put(MetricTable.ALL, paths);
    for (Segment segment : Segment.values()) {
      groups.put(
          segment.label(),
          new ArrayList<>(
              paths.stream().filter(path -> path.account().segment() == segment).toList()));
    }
    return groups;
  }
}
