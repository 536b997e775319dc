package io.plumbline.demo.cloudflow.usage;

import io.plumbline.demo.cloudflow.history.Dice;
import io.plumbline.demo.cloudflow.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** The answers to the question how likely a user is to recommend the product. */
public final class Survey {
  private static final int RESPONSES = 28_000;
  private static final double AGAIN = 0.12;
  private static final double INVALID = 0.0005;

  /**
   * One answer.
   *
   * @param score empty or above 10 where the survey tool failed
   * @param leftAt when the user was gone for good; {@link Long#MAX_VALUE} for those who are still
   *     there
   */
  public record Response(
      WorkspaceUsage workspace,
      long userId,
      OptionalInt score,
      long at,
      long leftAt,
      boolean again) {
    public boolean isValid() {
      return score.isPresent() && score.getAsInt() <= 10;
    }
  }

  private final List<Response> responses = new ArrayList<>();
  private final long seed;

  public Survey(History history, UsageModel model) {
    this.seed = history.seed();
    double chance = RESPONSES * history.targets().scale() / (1 + AGAIN) / model.userCount();
    model.visit(usage -> ask(usage, chance));
    responses.sort(Comparator.comparingLong(Response::at).thenComparingLong(Response::userId));
    spoil(
        Math.max(2, (int) Math.round(responses.size() * INVALID)),
        Dice.of(seed, "spoilt responses"));
  }

  public List<Response> responses() {
    return List.copyOf(responses);
  }

  private void ask(WorkspaceUsage usage, double chance) {
    Dice dice = Dice.of(seed, "survey", usage.account().id());
    double mood = dice.gaussian() * 0.9;
    for (Member member : usage.members()) {
      if (!member.dormant() && dice.chance(chance * 1.2)) {
        answer(usage, member, mood, false, dice);
        if (dice.chance(AGAIN)) {
          answer(usage, member, mood, true, dice);
        }
      }
    }
  }

  private void answer(WorkspaceUsage usage, Member member, double mood, boolean again, Dice dice) {
    int to = Math.min(member.to(), Days.COUNT);
    long at =
        dice.instant(
            Days.start(member.from()), Math.max(Days.start(member.from()) + 1, Days.start(to)));
    int score = (int) Math.max(0, Math.min(10, Math.round(8.1 + mood + 1.9 * dice.gaussian())));
    responses.add(
        new Response(usage, member.id(), OptionalInt.of(score), at, usage.leftAt(), again));
  }

  private void spoil(int count, Dice dice) {
    for (int i = 0; i < count && !responses.isEmpty(); i++) {
      int index = dice.between(0, responses.size() - 1);
      Response response = responses.get(index);
      OptionalInt score = i % 2 == 0 ? OptionalInt.of(11) : OptionalInt.empty();
      responses.set(
          index,
          new Response(
              response.workspace(),
              response.userId(),
              score,
              response.at(),
              response.leftAt(),
              response.again()));
    }
  }
}
