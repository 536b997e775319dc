package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Currency;
import io.plumbline.demo.cloudflow.history.ExchangeRates;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.truth.Movements.Count;
import io.plumbline.demo.cloudflow.truth.Movements.Sum;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The daily movements of a group of accounts, which add up over any period. Only the days on which
 * an account changes are looked at; what rates do in between follows from how much of each currency
 * was retained on each day.
 */
final class DailyActivity {
  private static final int DAYS = (int) ((Timeline.end() - Timeline.monthStart(0)) / Timeline.DAY);

  private final ExchangeRates rates;
  private final Day[] days = new Day[DAYS];
  private final Map<Currency, long[]> retained = new EnumMap<>(Currency.class);

  /** What was gained and lost on one day; in dollars, since every day has its own rates. */
  private static final class Day {
    private final Map<Sum, BigDecimal> money = new EnumMap<>(Sum.class);
    private final Map<Count, Integer> counts = new EnumMap<>(Count.class);

    void add(Movements movements, Sum sum, Count count, boolean atOpeningRate) {
      money.merge(
          sum,
          atOpeningRate ? movements.atOpeningRate(sum) : movements.atClosingRate(sum),
          BigDecimal::add);
      counts.merge(count, movements.count(count), Integer::sum);
    }
  }

  DailyActivity(ExchangeRates rates, List<AccountPath> paths) {
    this.rates = rates;
    for (int day = 0; day < DAYS; day++) {
      days[day] = new Day();
    }
    for (Currency currency : Currency.values()) {
      retained.put(currency, new long[DAYS + 1]);
    }
    paths.forEach(this::add);
    retained.values().forEach(DailyActivity::accumulate);
  }

  private static void accumulate(long[] deltas) {
    for (int day = 1; day < deltas.length; day++) {
      deltas[day] += deltas[day - 1];
    }
  }

  private void add(AccountPath path) {
    int lastDay = -1;
    for (int step = 0; step < path.steps(); step++) {
      int day = dayOf(path.instant(step));
      if (day == lastDay) {
        continue;
      }
      lastDay = day;
      addDay(path, day);
    }
    addRetained(path);
  }

  private void addDay(AccountPath path, int day) {
    Movements movements = new Movements(rates, dayStart(day), dayStart(day + 1));
    movements.add(path);
    days[day].add(movements, Sum.NEW, Count.NEW, false);
    days[day].add(movements, Sum.REACTIVATION, Count.REACTIVATION, false);
    days[day].add(movements, Sum.EXPANSION, Count.EXPANSION, true);
    days[day].add(movements, Sum.CONTRACTION, Count.CONTRACTION, true);
    days[day].add(movements, Sum.CHURNED, Count.CHURNED, true);
  }

  /** The closing state of every day at whose opening the account paid as well. */
  private void addRetained(AccountPath path) {
    long[] deltas = retained.get(path.account().currency());
    long before = 0;
    for (int step = 0; step < path.steps(); step++) {
      int day = dayOf(path.instant(step));
      boolean lastOfDay = step + 1 == path.steps() || dayOf(path.instant(step + 1)) > day;
      if (!lastOfDay) {
        continue;
      }
      long after = path.mrr(step);
      if (before == 0 && after > 0) {
        deltas[Math.min(day + 1, DAYS)] += after; // not retained on the day it came
      } else {
        deltas[day] += after - before;
      }
      before = after;
    }
  }

  void put(MetricValues values, Period period) {
    putMoney(values, period, "new_mrr_activity", Sum.NEW);
    putMoney(values, period, "reactivation_mrr_activity", Sum.REACTIVATION);
    putMoney(values, period, "expansion_mrr_activity", Sum.EXPANSION);
    putMoney(values, period, "contraction_mrr_activity", Sum.CONTRACTION);
    putMoney(values, period, "churned_mrr_activity", Sum.CHURNED);
    putCount(values, period, "new_activity", Count.NEW);
    putCount(values, period, "reactivation_activity", Count.REACTIVATION);
    putCount(values, period, "expansion_activity", Count.EXPANSION);
    putCount(values, period, "contraction_activity", Count.CONTRACTION);
    putCount(values, period, "churned_activity", Count.CHURNED);
    values.put("fx_impact_activity", fxImpact(period));
  }

  private void putMoney(MetricValues values, Period period, String metric, Sum sum) {
    BigDecimal total = BigDecimal.ZERO;
    for (int day = firstDay(period); day < lastDay(period); day++) {
      total = total.add(days[day].money.getOrDefault(sum, BigDecimal.ZERO));
    }
    values.put(metric, total);
  }

  private void putCount(MetricValues values, Period period, String metric, Count count) {
    long total = 0;
    for (int day = firstDay(period); day < lastDay(period); day++) {
      total += days[day].counts.getOrDefault(count, 0);
    }
    values.put(metric, total);
  }

  private BigDecimal fxImpact(Period period) {
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<Currency, long[]> entry : retained.entrySet()) {
      for (int day = firstDay(period); day < lastDay(period); day++) {
        BigDecimal today = rates.rate(entry.getKey(), Timeline.START.plusDays(day));
        BigDecimal yesterday = rates.rate(entry.getKey(), Timeline.START.plusDays(day - 1L));
        total =
            total.add(
                BigDecimal.valueOf(entry.getValue()[day], 2).multiply(today.subtract(yesterday)));
      }
    }
    return total;
  }

  private static int firstDay(Period period) {
    return Math.max(0, dayOf(period.from()));
  }

  private static int lastDay(Period period) {
    return dayOf(period.to());
  }

  private static int dayOf(long instant) {
    return (int) Math.floorDiv(instant - Timeline.monthStart(0), Timeline.DAY);
  }

  private static long dayStart(int day) {
    return Timeline.monthStart(0) + day * Timeline.DAY;
  }
}
