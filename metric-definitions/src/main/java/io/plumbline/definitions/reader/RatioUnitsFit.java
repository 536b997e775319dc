package io.plumbline.definitions.reader;

import io.plumbline.definitions.Unit;
import java.util.Optional;

/** A ratio of different units says its unit: only like over like is a fraction. */
final class RatioUnitsFit implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof RatioKind.RatioMetric ratio && ratio.header().unit().isEmpty()) {
        check(ratio, draft, problems);
      }
    }
  }

  private static void check(RatioKind.RatioMetric ratio, Draft draft, Problems problems) {
    Optional<Unit> above = unit(ratio.numerator(), draft);
    Optional<Unit> below = unit(ratio.denominator(), draft);
    if (above.isPresent() && below.isPresent() && !above.equals(below)) {
      problems.add(
          ratio.name().at(),
          "Metric '%s' divides %s by %s, so it is no fraction."
              .formatted(ratio.name(), above.get().yamlName(), below.get().yamlName()),
          "Say its unit, such as `unit: %s`.".formatted(above.get().yamlName()));
    }
  }

  private static Optional<Unit> unit(Name metric, Draft draft) {
    return draft.metric(metric.text()).flatMap(MetricDeclaration::unit);
  }
}
