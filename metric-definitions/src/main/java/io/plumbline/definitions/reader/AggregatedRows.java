package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric.Aggregation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which rows of a dataset a metric reads, and what it makes of them.
 *
 * @param expression what is aggregated; only rows are counted without it
 */
record AggregatedRows(
    Name dataset,
    Aggregation aggregation,
    Optional<Expression> expression,
    Optional<Expression> filter) {

  /** What the metric says, or empty if it left out what it must say. */
  static Optional<AggregatedRows> read(Fields fields) {
    Optional<Name> dataset = fields.dataset();
    Optional<Aggregation> aggregation =
        fields.required(
            "agg", fields.word("agg", Aggregation.class), "Say how, such as `agg: sum`.");
    Optional<Expression> expression = fields.expression("expr");
    Optional<Expression> filter = fields.expression("filter");
    if (aggregation.isPresent() && aggregation.get() != Aggregation.COUNT) {
      fields.required("expr", expression, "Say what is aggregated, such as `expr: amount`.");
    }
    return dataset.flatMap(d -> aggregation.map(a -> new AggregatedRows(d, a, expression, filter)));
  }

  List<Expression> expressions() {
    return Stream.of(expression, filter).flatMap(Optional::stream).toList();
  }
}
