package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import java.util.Map;
import java.util.Optional;

/** {@code type: duration}: the length of the period in months. */
final class DurationKind implements MetricKind {

  @Override
  public String word() {
    return "duration";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    return Optional.of(new DurationMetric(header));
  }

  record DurationMetric(MetricHeader header) implements MetricDeclaration {

    @Override
    public Optional<Unit> unit() {
      return Optional.of(header.unit().orElse(Unit.RATIO));
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Duration(header.info(unit().orElseThrow()));
    }
  }
}
