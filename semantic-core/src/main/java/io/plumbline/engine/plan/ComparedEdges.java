package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledModel;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Metrics that compare both edges of the period. Where the whole range is one period, it must have
 * a start: what changed since the beginning of all data is nobody's question.
 */
final class ComparedEdges {

  private final CompiledModel model;

  ComparedEdges(CompiledModel model) {
    this.model = model;
  }

  /** The first of some metrics that compares edges, itself or in what it is made of. */
  Optional<String> firstOf(Collection<String> metrics) {
    return metrics.stream().filter(this::compares).findFirst();
  }

  private boolean compares(String name) {
    Metric metric = model.definition().metric(name).orElseThrow();
    if (metric instanceof Metric.Movement) {
      return true;
    }
    if (metric instanceof Metric.Retention retention) {
      return retention.months().isEmpty();
    }
    return inputs(metric).anyMatch(this::compares);
  }

  private Stream<String> inputs(Metric metric) {
    if (metric instanceof Metric.Ratio ratio) {
      return Stream.of(ratio.numerator(), ratio.denominator());
    }
    if (metric instanceof Metric.Derived || metric instanceof Metric.Bands) {
      return Objects.requireNonNull(model.derived().get(metric.name())).inputs().stream()
          .map(CompiledModel.DerivedInput::metric);
    }
    return Stream.of();
  }

  /** What to say of a metric whose range has no start. */
  static Refusal withoutStart(String metric) {
    return new Refusal(
        SqlState.GROUPING_ERROR,
        metric
            + " compares the end of a period with its start, and the range has no start. Choose one,"
            + " such as where metric_time >= date '2025-01-01', or group by a time column",
        metric);
  }
}
