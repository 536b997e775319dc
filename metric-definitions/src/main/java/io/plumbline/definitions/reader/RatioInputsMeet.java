package io.plumbline.definitions.reader;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Both sides of a ratio can be cut along something in common: their rows belong to one entity, or
 * one side joins the other's, or one side is about the company as a whole.
 */
final class RatioInputsMeet implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    Reach reach = new Reach(draft);
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof RatioKind.RatioMetric ratio) {
        Optional<MetricDeclaration> above = draft.metric(ratio.numerator().text());
        Optional<MetricDeclaration> below = draft.metric(ratio.denominator().text());
        if (above.isPresent() && below.isPresent()) {
          check(
              ratio,
              entities(above.get(), reach, draft),
              entities(below.get(), reach, draft),
              problems);
        }
      }
    }
  }

  private static void check(
      RatioKind.RatioMetric ratio, Set<String> above, Set<String> below, Problems problems) {
    boolean meet = above.isEmpty() || below.isEmpty() || above.stream().anyMatch(below::contains);
    if (!meet) {
      problems.add(
          ratio.denominator().at(),
          "Metric '%s' divides by the grain of '%s', which '%s' does not have: %s against %s."
              .formatted(
                  ratio.name(),
                  ratio.denominator(),
                  ratio.numerator(),
                  String.join(", ", above),
                  String.join(", ", below)),
          "Join one dataset to the other's entity, or divide metrics of one entity.");
    }
  }

  /** The entities that rows behind a metric belong to, themselves or through a join. */
  private static Set<String> entities(MetricDeclaration metric, Reach reach, Draft draft) {
    return reach.datasetsBehind(metric).stream()
        .flatMap(dataset -> reach.from(dataset).stream())
        .flatMap(dataset -> draft.shape(dataset).flatMap(Shape::entity).stream())
        .map(entity -> entity.entity().text())
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }
}
