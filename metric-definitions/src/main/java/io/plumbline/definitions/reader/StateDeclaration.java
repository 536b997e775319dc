package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import java.util.Map;

/** A metric over the states of another one, a snapshot. */
sealed interface StateDeclaration extends MetricDeclaration
    permits MovementKind.MovementMetric, RetentionKind.RetentionMetric {

  /** The snapshot metric. */
  Name of();

  boolean entities();

  /** The snapshot among the inputs that were built. */
  static Metric.Snapshot state(Name of, Map<String, Metric> built) {
    if (built.get(of.text()) instanceof Metric.Snapshot snapshot) {
      return snapshot;
    }
    throw new IllegalStateException(of + " is no snapshot, which a rule should have told");
  }
}
