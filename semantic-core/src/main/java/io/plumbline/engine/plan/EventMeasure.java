package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;

/**
 * An aggregate over rows that happen; its expressions are over the columns of their dataset, in
 * order of declaration.
 *
 * @param field the field that holds it in an evaluation's rows
 * @param value what is aggregated; empty to count rows
 * @param conditions which rows count; all must hold
 * @param money whether the value is money in the currency of its row
 */
record EventMeasure(
    String field,
    Metric.Aggregation aggregation,
    Optional<RexNode> value,
    List<RexNode> conditions,
    boolean money) {

  EventMeasure {
    conditions = List.copyOf(conditions);
  }

  /** The field that is positive where a rate is missing, so that money is not known. */
  static String withoutRate(String field) {
    return field + ".without_rate";
  }

  /** Its fields in an evaluation's rows. */
  List<String> fields() {
    return money ? List.of(field, withoutRate(field)) : List.of(field);
  }

  Stream<RexNode> expressions() {
    return Stream.concat(value.stream(), conditions.stream());
  }
}
