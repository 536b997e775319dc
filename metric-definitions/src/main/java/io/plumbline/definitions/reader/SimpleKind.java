package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code type: simple}: an aggregate over the rows of a dataset, dated by its time column or by
 * another one that {@code time} names.
 */
final class SimpleKind implements MetricKind {

  @Override
  public String word() {
    return "simple";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<AggregatedRows> rows = AggregatedRows.read(fields);
    Optional<Name> time = fields.name("time");
    return rows.map(r -> new SimpleMetric(header, r, time));
  }

  record SimpleMetric(MetricHeader header, AggregatedRows rows, Optional<Name> time)
      implements DatedMetric {

    @Override
    public Name datasetName() {
      return rows.dataset();
    }

    @Override
    public List<Name> times() {
      return time.stream().toList();
    }

    @Override
    public List<Expression> expressions() {
      return rows.expressions();
    }

    @Override
    public Optional<Unit> unit() {
      return header.unitOf(rows.aggregation());
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Simple(
          header.info(unit().orElseThrow()),
          rows.dataset().text(),
          rows.aggregation(),
          rows.expression(),
          rows.filter(),
          time.map(Name::text));
    }
  }
}
