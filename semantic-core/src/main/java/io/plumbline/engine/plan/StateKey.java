package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Movement.Basis;

/**
 * What is evaluated together: the measures of one state over one kind of window.
 *
 * @param label tells the fields of one state from those of others
 */
record StateKey(StateSource source, String label, Window window) {

  /** Between which instants states are compared. */
  sealed interface Window {
    /** The edges of the period. */
    record OfPeriod() implements Window {}

    /** The edges of every day of the period. */
    record OfDays() implements Window {}

    /** The end of the period, and so many months before. */
    record Trailing(int months) implements Window {}

    static Window of(Metric.OfState metric) {
      if (metric instanceof Metric.Movement movement && movement.basis() == Basis.DAILY) {
        return new OfDays();
      }
      return metric instanceof Metric.Retention retention && retention.months().isPresent()
          ? new Trailing(retention.months().get())
          : new OfPeriod();
    }
  }

  /** The field of a measure among those of other states. */
  String field(StateMeasure measure) {
    return measure == StateMeasure.PRESENT_ENTITIES ? measure.field() : named(measure.field());
  }

  /** The field that marks cells in which the state was evaluated. */
  String mark() {
    return named("known");
  }

  private String named(String field) {
    String of =
        window instanceof Window.OfDays
            ? ".daily."
            : window instanceof Window.Trailing trailing ? "." + trailing.months() + "m." : ".";
    return label + of + field;
  }
}
