package io.plumbline.demo.cloudflow.source;

import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.history.Timeline;
import io.plumbline.demo.cloudflow.usage.Days;
import io.plumbline.demo.cloudflow.usage.Member;
import io.plumbline.demo.cloudflow.usage.Survey;
import io.plumbline.demo.cloudflow.usage.UsageModel;
import io.plumbline.demo.cloudflow.usage.WorkspaceUsage;
import java.util.List;

/**
 * What users say and do apart from daily use: survey answers, tickets, and the raw event stream.
 */
final class FeedbackTables {
  private static final int TICKETS = 60_000;
  private static final int EVENTS = 300_000;
  private static final double REPEATED_EVENTS = 0.01;
  private static final List<String> SUBJECTS =
      List.of(
          "Cannot log in",
          "Seat limit reached",
          "Upgrade to annual plan",
          "Import fails",
          "API rate limit",
          "Invoice question",
          "Slow boards",
          "Export to CSV",
          "Permissions",
          "Integration stopped");
  private static final List<String> EVENT_TYPES =
      List.of(
          "login", "board_created", "invite_sent", "limit_reached", "export", "integration_added");

  private final History history;
  private final UsageModel model;
  private final Survey survey;
  private final DirtLog dirt;
  private final Names names;
  private long nextTicket = 1;
  private long nextEvent = 1;

  FeedbackTables(History history, UsageModel model, Survey survey, DirtLog dirt) {
    this.history = history;
    this.model = model;
    this.survey = survey;
    this.dirt = dirt;
    this.names = new Names(history.seed());
  }

  List<SourceTable> tables() {
    return List.of(
        SourceTable.of("app.nps_responses", survey.responses().size(), this::writeResponses),
        SourceTable.of(
            "zendesk.support_tickets",
            history.targets().count(TICKETS),
            rows -> model.visit(usage -> writeTickets(usage, rows))),
        SourceTable.of(
            "app.events",
            history.targets().count(EVENTS),
            rows -> model.visit(usage -> writeEvents(usage, rows))));
  }

  private void writeResponses(RowWriter rows) {
    long id = 1;
    for (Survey.Response response : survey.responses()) {
      log(response, id);
      rows.number(id++).number(response.userId()).number(response.workspace().account().id());
      if (response.score().isPresent()) {
        rows.number(response.score().getAsInt());
      } else {
        rows.nothing();
      }
      rows.nothing()
          .text("survey-" + Timeline.day(response.at()).getYear())
          .utc(response.at())
          .end();
    }
  }

  private void log(Survey.Response response, long id) {
    if (response.again()) {
      dirt.log(DirtKind.NPS_REPEATED, "app.nps_responses", id);
    }
    if (!response.isValid()) {
      dirt.log(DirtKind.NPS_INVALID_SCORE, "app.nps_responses", id);
    }
    if (response.leftAt() < Timeline.end()) {
      dirt.log(DirtKind.NPS_CHURNED_USER, "app.nps_responses", id);
    }
  }

  private void writeTickets(WorkspaceUsage usage, RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "tickets", usage.account().id());
    double mean = TICKETS * history.targets().scale() * usage.members().size() / model.userCount();
    int count = dice.poisson(mean);
    for (int i = 0; i < count; i++) {
      Member member = dice.pick(usage.members());
      long createdAt = anyInstant(member, dice);
      long solvedAt = createdAt + dice.between(1_800, 6 * 86_400);
      boolean solved = solvedAt < Timeline.end();
      rows.number(nextTicket++).number(usage.account().workspaceId()).number(usage.account().id());
      rows.text("user" + member.id() + "@" + names.domain(usage.account()))
          .text(dice.pick(SUBJECTS));
      rows.text(dice.pick(List.of("low", "normal", "normal", "high", "urgent")))
          .text(solved ? "solved" : "open");
      rows.text(dice.chance(0.3) ? dice.pick(List.of("good", "good", "bad")) : null)
          .instant(createdAt)
          .pastInstant(solvedAt)
          .end();
    }
  }

  private static long anyInstant(Member member, Dice dice) {
    long from = Days.start(member.from());
    return dice.instant(from, Math.max(from + 1, Days.start(Math.min(member.to(), Days.COUNT))));
  }

  private void writeEvents(WorkspaceUsage usage, RowWriter rows) {
    Dice dice = Dice.of(history.seed(), "events", usage.account().id());
    double mean = EVENTS * history.targets().scale() * usage.members().size() / model.userCount();
    int count = dice.poisson(mean);
    for (int i = 0; i < count; i++) {
      Member member = dice.pick(usage.members());
      long at = anyInstant(member, dice);
      String type = dice.pick(EVENT_TYPES);
      write(usage, member, type, at, rows);
      if (dice.chance(REPEATED_EVENTS)) {
        dirt.log(DirtKind.EXACT_DUPLICATE, "app.events", nextEvent);
        write(usage, member, type, at, rows);
      }
      nextEvent++;
    }
  }

  private void write(WorkspaceUsage usage, Member member, String type, long at, RowWriter rows) {
    rows.number(nextEvent)
        .number(usage.account().workspaceId())
        .number(member.id())
        .text(type)
        .utc(at);
    rows.text(new Json().text("client", member.id() % 3 == 0 ? "mobile" : "web").toString()).end();
  }
}
