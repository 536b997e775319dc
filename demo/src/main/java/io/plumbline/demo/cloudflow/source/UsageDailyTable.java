package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Change;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Status;
import io.plumbline.demo.cloudflow.history.Subscription;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.usage.Days;
import io.plumbline.demo.cloudflow.usage.Member;
import io.plumbline.demo.cloudflow.usage.SeatLimits;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import io.plumbline.demo.cloudflow.usage.WorkspaceUsage;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * What every workspace did on every day, with days that are missing altogether, which is not the
 * same as zero.
 */
final class UsageDailyTable {
  private static final String TABLE = "app.usage_daily";

  /** Of the days with use; a day without is always there, so that silence is never a guess. */
  private static final double MISSING = 0.0125;

  private static final int DAYS_AFTER_THE_END = 300;

  private final History history;
  private final UsageModel model;
  private final SeatLimits limits;
  private final DirtLog dirt;

  UsageDailyTable(History history, UsageModel model, DirtLog dirt) {
    this.history = history;
    this.model = model;
    this.limits = new SeatLimits(history);
    this.dirt = dirt;
  }

  SourceTable table() {
    long expected = Math.round(5_500_000 * history.targets().scale());
    return SourceTable.of(TABLE, expected, rows -> model.visit(usage -> write(usage, rows)));
  }

  /** A workspace's days, one number for each. */
  private static final class Totals {
    private final int[] daily = new int[Days.COUNT];
    private final int[] weekly = new int[Days.COUNT];
    private final int[] features = new int[Days.COUNT];

    Totals(WorkspaceUsage usage) {
      usage.members().forEach(member -> add(usage, member));
    }

    private void add(WorkspaceUsage usage, Member member) {
      int last = -7;
      for (int day = member.from(); day < Math.min(member.to() + 6, Days.COUNT); day++) {
        if (usage.isActive(member, day)) {
          daily[day]++;
          features[day] |= usage.featuresUsed(member, day);
          last = day;
        }
        weekly[day] += day - last < 7 ? 1 : 0;
      }
    }
  }

  private void write(WorkspaceUsage usage, RowWriter rows) {
    Totals totals = new Totals(usage);
    int[] seats = seats(usage.account());
    Dice dice = Dice.of(history.seed(), "usage daily", usage.account().id());
    double utilisation = dice.between(0.5, 0.97);
    double storage = dice.between(0.2, 3.0);
    int to = Math.min(Days.COUNT, usage.service().length() + DAYS_AFTER_THE_END);
    for (int day = usage.service().nextSetBit(0); day >= 0 && day < to; day++) {
      boolean hit = limits.hit(usage.account(), day);
      storage += totals.daily[day] * 0.004;
      if (dice.chance(MISSING) && totals.daily[day] > 0 && !hit) {
        dirt.log(
            DirtKind.MISSING_USAGE_DAY,
            TABLE,
            usage.account().workspaceId() + "/" + Days.date(day));
        continue;
      }
      rows.number(usage.account().workspaceId())
          .day(Days.date(day))
          .number(totals.daily[day])
          .number(totals.weekly[day]);
      rows.number(totals.daily[day] * (20L + dice.between(0, 30)))
          .number(BigDecimal.valueOf(Math.round(storage * 1_000), 3));
      rows.number(hit ? seats[day] : Math.min(seats[day], Math.round(seats[day] * utilisation)));
      rows.number(seats[day])
          .number(Integer.bitCount(totals.features[day]))
          .number(hit ? 1 : 0)
          .number(dice.chance(0.001) ? 1 : 0)
          .end();
    }
  }

  /** Seats of all subscriptions at the end of each day. */
  private static int[] seats(Account account) {
    int[] seats = new int[Days.COUNT];
    for (Subscription subscription : account.subscriptions()) {
      List<Change> changes = subscription.changes();
      for (int i = 0; i < changes.size(); i++) {
        long to = i + 1 < changes.size() ? changes.get(i + 1).at() : Timeline.end();
        if (changes.get(i).after().status() != Status.CANCELLED) {
          int[] part = new int[Math.max(0, Days.of(to) - Days.of(changes.get(i).at()))];
          Arrays.fill(part, changes.get(i).after().quantity());
          for (int day = 0; day < part.length; day++) {
            seats[Days.of(changes.get(i).at()) + day] += part[day];
          }
        }
      }
    }
    return seats;
  }
}
