package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Account;
import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.usage.Days;
import io.plumbline.demo.cloudflow.usage.Feature;
import io.plumbline.demo.cloudflow.usage.Member;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import io.plumbline.demo.cloudflow.usage.WorkspaceUsage;
import java.util.List;

/** Features, users and what each of them did on which day. */
final class UsageTables {
  private final History history;
  private final UsageModel model;
  private final Names names;

  UsageTables(History history, UsageModel model) {
    this.history = history;
    this.model = model;
    this.names = new Names(history.seed());
  }

  List<SourceTable> tables() {
    double scale = history.targets().scale();
    return List.of(
        SourceTable.of("app.features", Feature.values().length, UsageTables::writeFeatures),
        SourceTable.of(
            "app.users", model.userCount(), rows -> model.visit(usage -> writeUsers(usage, rows))),
        SourceTable.of(
            "app.user_activity_daily",
            Math.round(23_000_000 * scale),
            rows -> model.visit(usage -> writeActivity(usage, rows))));
  }

  private static void writeFeatures(RowWriter rows) {
    for (Feature feature : Feature.values()) {
      rows.text(feature.key())
          .text(feature.label())
          .text(feature.minTier())
          .day(feature.releasedOn())
          .end();
    }
  }

  private void writeUsers(WorkspaceUsage usage, RowWriter rows) {
    Account account = usage.account();
    String domain = names.domain(account);
    for (Member member : usage.members()) {
      Dice dice = Dice.of(history.seed(), "user", member.id());
      long createdAt = Days.start(member.from()) + dice.between(1, 86_000);
      int lastDay = usage.lastActive(member);
      rows.number(member.id()).number(account.workspaceId()).number(account.id());
      rows.text("user" + member.id() + "@" + domain)
          .text(role(member, usage, dice))
          .utc(Math.max(createdAt, account.createdAt()));
      if (lastDay < 0) {
        rows.nothing();
      } else {
        rows.utc(Days.start(lastDay) + dice.between(30_000, 86_000));
      }
      if (usage.leftAt() == Long.MAX_VALUE) {
        rows.nothing();
      } else {
        rows.utc(usage.leftAt());
      }
      rows.text(
              "10."
                  + dice.between(0, 255)
                  + "."
                  + dice.between(0, 255)
                  + "."
                  + dice.between(1, 254))
          .end();
    }
  }

  private static String role(Member member, WorkspaceUsage usage, Dice dice) {
    boolean first = member.id() == usage.members().get(0).id();
    return first ? "owner" : dice.chance(0.1) ? "admin" : dice.chance(0.15) ? "guest" : "member";
  }

  /** A row per feature in the last months; before that one row a day, of any feature. */
  private static void writeActivity(WorkspaceUsage usage, RowWriter rows) {
    for (Member member : usage.members()) {
      for (int day = Math.max(member.from(), Days.FIRST_OF_USERS);
          day < Math.min(member.to(), Days.COUNT);
          day++) {
        if (!usage.isActive(member, day)) {
          continue;
        }
        if (day < Days.FIRST_OF_FEATURES) {
          writeActivity(usage, member, day, "any", 8, rows);
        } else {
          writeFeatures(usage, member, day, rows);
        }
      }
    }
  }

  private static void writeFeatures(WorkspaceUsage usage, Member member, int day, RowWriter rows) {
    int used = usage.featuresUsed(member, day);
    for (int i = 0; i < usage.features().size(); i++) {
      if ((used & 1 << i) != 0) {
        writeActivity(usage, member, day, usage.features().get(i).key(), i, rows);
      }
    }
  }

  private static void writeActivity(
      WorkspaceUsage usage, Member member, int day, String feature, int salt, RowWriter rows) {
    long events = 1 + Math.floorMod(member.bits(day + 10_000 * (salt + 1)), 14L);
    rows.number(member.id())
        .number(usage.account().workspaceId())
        .day(Days.date(day))
        .text(feature)
        .number(events)
        .end();
  }
}
