package io.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What is evaluated for a cell: a metric, and how its context differs from the cell's.
 *
 * @param metric name of a metric, or of a number of entities in {@link BaseMetrics}
 * @param changes one after the other
 */
record MetricInContext(String metric, List<ContextChange> changes) {

  MetricInContext {
    changes = List.copyOf(changes);
  }

  /** Another metric in the same context. */
  MetricInContext sibling(String other) {
    return new MetricInContext(other, changes);
  }

  /** Another metric in the same context, changed once more. */
  MetricInContext sibling(String other, ContextChange change) {
    List<ContextChange> all = new ArrayList<>(changes);
    all.add(change);
    return new MetricInContext(other, all);
  }
}
