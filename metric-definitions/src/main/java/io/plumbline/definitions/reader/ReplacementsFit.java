package io.plumbline.definitions.reader;

import io.plumbline.definitions.Unit;
import java.util.Optional;

/** What replaces a canonical metric finds one of its name, and keeps its unit. */
final class ReplacementsFit implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric.header().replaces().isPresent()) {
        draft
            .replaced(metric.name().text())
            .ifPresentOrElse(
                canonical -> checkUnit(metric, canonical, problems),
                () -> reportMissing(metric, problems));
      }
    }
  }

  private static void reportMissing(MetricDeclaration metric, Problems problems) {
    problems.add(
        metric.name().at(),
        "Metric '%s' replaces a canonical metric, but there is none of this name."
            .formatted(metric.name()),
        "Correct the name, or remove `replaces`.");
  }

  private static void checkUnit(
      MetricDeclaration metric, MetricDeclaration canonical, Problems problems) {
    Optional<Unit> unit = metric.unit();
    Optional<Unit> wanted = canonical.unit();
    if (unit.isPresent() && wanted.isPresent() && !unit.equals(wanted)) {
      problems.add(
          metric.name().at(),
          "Metric '%s' is in %s, but the canonical metric that it replaces is in %s."
              .formatted(metric.name(), unit.get().yamlName(), wanted.get().yamlName()),
          "Write `unit: %s`.".formatted(wanted.get().yamlName()));
    }
  }
}
