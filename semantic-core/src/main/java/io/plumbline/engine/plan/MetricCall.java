package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.ContextChange.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** What a call of an Aggregate over a semantic relation means. */
sealed interface MetricCall {

  /** A call whose value an evaluation gives. */
  sealed interface Evaluated extends MetricCall {

    /** Its FILTER, over the base row. */
    Optional<RexNode> filter();

    /** The metric, and in which context it is evaluated. */
    MetricInContext asked();
  }

  /** {@code aggregate(metric)}, or {@code sum(metric)}. */
  record OfMetric(
      SemanticColumn.Metrical metric, Optional<RexNode> filter, List<ContextChange> changes)
      implements Evaluated {
    public OfMetric {
      changes = List.copyOf(changes);
    }

    @Override
    public MetricInContext asked() {
      List<ContextChange> all = new ArrayList<>();
      filter.ifPresent(f -> all.add(new Where(f)));
      all.addAll(changes);
      return new MetricInContext(metric.name(), all);
    }
  }

  /**
   * {@code count(*)} or {@code count(distinct key)}: entities with something in the cell.
   *
   * @param ofRows whether it is written as a number of rows, which tools ask to be positive for
   *     every row that is shown
   */
  record Presence(Optional<RexNode> filter, boolean ofRows) implements Evaluated {
    @Override
    public MetricInContext asked() {
      return new MetricInContext(
          BaseMetrics.PRESENCE, filter.stream().<ContextChange>map(Where::new).toList());
    }
  }

  /**
   * An aggregate of dimensions or time columns, which means what it says; arguments over the base
   * row.
   */
  record Ordinary(List<RexNode> arguments) implements MetricCall {
    public Ordinary {
      arguments = List.copyOf(arguments);
    }
  }

  /** Whether the metrics of a group are hidden because it is small. */
  record Suppressed() implements MetricCall {}

  /** {@code GROUPING(keys)}. */
  record Grouping(List<Integer> keys) implements MetricCall {
    public Grouping {
      keys = List.copyOf(keys);
    }

    /** A bit for each key: 1 where the grouping set leaves it out. */
    long value(ImmutableBitSet set) {
      long value = 0;
      for (int key : keys) {
        value = value << 1 | (set.get(key) ? 0 : 1);
      }
      return value;
    }
  }
}
