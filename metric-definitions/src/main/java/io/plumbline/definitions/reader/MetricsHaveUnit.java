package io.plumbline.definitions.reader;

import io.plumbline.definitions.Unit;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every metric says what its numbers are numbers of, unless that is plain from its kind. */
final class MetricsHaveUnit implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    String units =
        Arrays.stream(Unit.values())
            .filter(unit -> unit != Unit.TEXT)
            .map(Unit::yamlName)
            .collect(Collectors.joining(", "));
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric.unit().isEmpty()) {
        problems.add(
            metric.name().at(),
            "Metric '%s' has no unit.".formatted(metric.name()),
            "Add `unit`, one of: %s.".formatted(units));
      }
    }
  }
}
