package io.plumbline.it.histories;

import io.plumbline.it.histories.Reference.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where an engine's answers are not those of the reference. */
final class Differences {

  private static final int DECIMALS = 6;

  private final HistoriesEngine engine;
  private final World world;

  Differences(HistoriesEngine engine, World world) {
    this.engine = engine;
    this.world = world;
  }

  /** One line for each cell that differs. */
  List<String> of(Question question) {
    Map<List<String>, List<Optional<BigDecimal>>> answered = engine.answer(question);
    Map<List<String>, Totals> expected = new Reference(world, question).cells();
    List<String> lines = new ArrayList<>();
    if (answered.isEmpty()) {
      lines.add("no rows for " + question.sql());
    }
    Set<List<String>> keys = new HashSet<>(answered.keySet());
    keys.addAll(expected.keySet());
    for (List<String> key : keys) {
      Optional.ofNullable(answered.get(key)).ifPresent(v -> checkIdentity(question, key, v, lines));
      compare(
          question,
          key,
          Optional.ofNullable(answered.get(key)),
          expected.getOrDefault(key, new Totals()),
          lines);
    }
    return lines;
  }

  /** What closes is what opened and what happened, whatever the reference says. */
  private static void checkIdentity(
      Question question, List<String> key, List<Optional<BigDecimal>> values, List<String> lines) {
    if (!question.metrics().contains("transfer_mrr")) {
      return;
    }
    BigDecimal closing = BigDecimal.ZERO;
    for (String part : List.of("opening_mrr", "net_new_mrr", "fx_impact", "transfer_mrr")) {
      closing = closing.add(values.get(question.metrics().indexOf(part)).orElse(BigDecimal.ZERO));
    }
    Optional<BigDecimal> mrr = values.get(question.metrics().indexOf("mrr"));
    if (!text(mrr).equals(text(Optional.of(closing)))) {
      lines.add(String.join(" ", key) + " closes at " + text(mrr) + ", adds up to " + closing);
    }
  }

  private static void compare(
      Question question,
      List<String> key,
      Optional<List<Optional<BigDecimal>>> answered,
      Totals expected,
      List<String> lines) {
    for (int i = 0; i < question.metrics().size(); i++) {
      String metric = question.metrics().get(i);
      String wanted = text(expected.value(metric));
      int column = i;
      String given = answered.map(values -> text(values.get(column))).orElse("no row");
      boolean nothing = wanted.equals("0") || wanted.equals("null");
      if (!given.equals(wanted) && !(answered.isEmpty() && nothing && question.byManager())) {
        lines.add(String.join(" ", key) + " " + metric + ": " + given + " instead of " + wanted);
      }
    }
  }

  private static String text(Optional<BigDecimal> value) {
    return value
        .map(v -> v.setScale(12, RoundingMode.HALF_UP).setScale(DECIMALS, RoundingMode.HALF_UP))
        .map(v -> v.signum() == 0 ? "0" : v.stripTrailingZeros().toPlainString())
        .orElse("null");
  }
}
