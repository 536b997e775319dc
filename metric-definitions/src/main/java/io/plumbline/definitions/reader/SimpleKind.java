package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    Optional<Name> dataset =
        fields.required("dataset", fields.name("dataset"), "Name the dataset whose rows it reads.");
    Optional<Aggregation> aggregation =
        fields.required(
            "agg", fields.word("agg", Aggregation.class), "Say how, such as `agg: sum`.");
    Optional<Expression> expression = fields.expression("expr");
    Optional<Expression> filter = fields.expression("filter");
    if (aggregation.isPresent() && aggregation.get() != Aggregation.COUNT) {
      fields.required("expr", expression, "Say what is aggregated, such as `expr: amount`.");
    }
    Optional<Name> time = fields.name("time");
    return dataset.flatMap(
        d -> aggregation.map(a -> new SimpleMetric(header, d, a, expression, filter, time)));
  }

  record SimpleMetric(
      MetricHeader header,
      Name datasetName,
      Aggregation aggregation,
      Optional<Expression> expression,
      Optional<Expression> filter,
      Optional<Name> time)
      implements DatedMetric {

    @Override
    public Optional<Name> dataset() {
      return Optional.of(datasetName);
    }

    @Override
    public List<Name> columns() {
      return times();
    }

    @Override
    public List<Name> times() {
      return time.stream().toList();
    }

    @Override
    public List<Expression> expressions() {
      return Stream.of(expression, filter).flatMap(Optional::stream).toList();
    }

    @Override
    public Optional<Unit> unit() {
      boolean counts =
          aggregation == Aggregation.COUNT || aggregation == Aggregation.COUNT_DISTINCT;
      return header.unit().or(() -> counts ? Optional.of(Unit.COUNT) : Optional.empty());
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Simple(
          header.info(unit().orElseThrow()),
          datasetName.text(),
          aggregation,
          expression,
          filter,
          time.map(Name::text));
    }
  }
}
