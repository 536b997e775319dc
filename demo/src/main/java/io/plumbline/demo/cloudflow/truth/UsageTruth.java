package io.plumbline.demo.cloudflow.truth;

import io.plumbline.demo.cloudflow.history.Segment;
import io.plumbline.demo.cloudflow.usage.Days;
import io.plumbline.demo.cloudflow.usage.Member;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import io.plumbline.demo.cloudflow.usage.WorkspaceUsage;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Daily, weekly and monthly users of the periods that single users' activity covers wholly. */
final class UsageTruth {
  private static final int TRAILING_MONTH = 30;
  private static final int TRAILING_WEEK = 7;

  private final List<Period> periods;
  private final Map<String, Users> groups = new LinkedHashMap<>();

  UsageTruth(UsageModel model) {
    this.periods = Period.all().stream().filter(UsageTruth::isCovered).toList();
    groups.put(MetricTable.ALL, new Users());
    for (Segment segment : Segment.values()) {
      groups.put(segment.label(), new Users());
    }
    model.visit(this::add);
  }

  private static boolean isCovered(Period period) {
    return firstDay(period) >= Days.FIRST_OF_USERS
        && lastDay(period) - TRAILING_MONTH >= Days.FIRST_OF_USERS;
  }

  private static int firstDay(Period period) {
    return Days.of(period.from());
  }

  private static int lastDay(Period period) {
    return Days.of(period.to());
  }

  /** Distinct users of a group. */
  private final class Users {
    private final long[] daily = new long[Days.COUNT];
    private final long[] monthly = new long[periods.size()];
    private final long[] weekly = new long[periods.size()];

    void add(BitSet active) {
      for (int day = active.nextSetBit(0); day >= 0; day = active.nextSetBit(day + 1)) {
        daily[day]++;
      }
      for (int i = 0; i < periods.size(); i++) {
        Period period = periods.get(i);
        int last = lastDay(period);
        int monthFrom = period.months() == 1 ? firstDay(period) : last - TRAILING_MONTH;
        monthly[i] += any(active, monthFrom, last);
        weekly[i] += any(active, last - TRAILING_WEEK, last);
      }
    }

    private static int any(BitSet active, int from, int to) {
      int next = active.nextSetBit(from);
      return next >= 0 && next < to ? 1 : 0;
    }
  }

  private void add(WorkspaceUsage usage) {
    if (usage.account().isExcluded()) {
      return;
    }
    Users all = groups.get(MetricTable.ALL);
    Users segment = groups.get(usage.account().segment().label());
    for (Member member : usage.members()) {
      BitSet active = new BitSet(Days.COUNT);
      for (int day = Math.max(member.from(), Days.FIRST_OF_USERS);
          day < Math.min(member.to(), Days.COUNT);
          day++) {
        active.set(day, usage.isActive(member, day));
      }
      if (!active.isEmpty() && all != null && segment != null) {
        all.add(active);
        segment.add(active);
      }
    }
  }

  void collect(MetricTable table) {
    groups.forEach(
        (segment, users) -> {
          for (int i = 0; i < periods.size(); i++) {
            table.add(
                periods.get(i).grain(),
                periods.get(i).start(),
                segment,
                values(periods.get(i), users, i));
          }
        });
  }

  private static MetricValues values(Period period, Users users, int index) {
    long sum = 0;
    for (int day = firstDay(period); day < lastDay(period); day++) {
      sum += users.daily[day];
    }
    BigDecimal days = BigDecimal.valueOf(lastDay(period) - firstDay(period));
    return new MetricValues()
        .ratio("dau", BigDecimal.valueOf(sum), days)
        .put("mau", users.monthly[index])
        .put("wau", users.weekly[index])
        .ratio(
            "stickiness",
            BigDecimal.valueOf(sum),
            days.multiply(BigDecimal.valueOf(users.monthly[index])));
  }
}
