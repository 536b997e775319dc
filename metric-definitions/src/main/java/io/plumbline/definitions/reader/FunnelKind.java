package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code type: funnel}: of the rows that began, those that have reached a step. */
final class FunnelKind implements MetricKind {

  @Override
  public String word() {
    return "funnel";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> dataset = fields.dataset();
    Optional<Name> start =
        fields.required(
            "start", fields.name("start"), "Name the column that dates the start of a row.");
    Optional<Name> step =
        fields.required("step", fields.name("step"), "Name the column that dates the step.");
    return dataset.flatMap(
        d -> start.flatMap(from -> step.map(to -> new FunnelMetric(header, d, from, to))));
  }

  private record FunnelMetric(MetricHeader header, Name datasetName, Name start, Name step)
      implements DatedMetric {

    @Override
    public List<Name> times() {
      return List.of(start, step);
    }

    @Override
    public Optional<Unit> unit() {
      return Optional.of(header.unit().orElse(Unit.COUNT));
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Funnel(
          header.info(unit().orElseThrow()), datasetName.text(), start.text(), step.text());
    }
  }
}
