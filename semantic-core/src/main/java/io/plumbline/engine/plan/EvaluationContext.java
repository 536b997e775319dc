package io.plumbline.engine.plan;

import io.plumbline.engine.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;

/**
 * In what a metric is evaluated: periods, dimensions, filters and the session's zone, as_of,
 * known_at and currency. Every FILTER, grouping set and {@code at} has its own.
 *
 * @param base what the expressions are read over
 * @param spine the periods
 * @param dimensions what is grouped by, over the base row; no time columns
 * @param filters on entities, over the base row; all must hold; no time columns
 */
record EvaluationContext(
    BaseRow base,
    Spine spine,
    List<RexNode> dimensions,
    List<RexNode> filters,
    SessionSettings settings) {

  /** Field of the number of a period in an evaluation's rows; from 1. */
  static final String PERIOD = "period";

  EvaluationContext {
    dimensions = List.copyOf(dimensions);
    filters = List.copyOf(filters);
  }

  /** The names of the fields of the dimensions in an evaluation's rows. */
  List<String> dimensionFields() {
    return IntStream.range(0, dimensions.size()).mapToObj(i -> "g" + i).toList();
  }

  /** Whether it groups by classes that are computed from metrics of each entity. */
  boolean groupsByClass() {
    return dimensions.stream().anyMatch(base::readsClass);
  }

  /** Whether it groups or filters by such classes. */
  boolean readsClass() {
    return groupsByClass() || filters.stream().anyMatch(base::readsClass);
  }

  /** The same without filters by classes. */
  EvaluationContext withoutClassFilters() {
    return withFilters(filters.stream().filter(f -> !base.readsClass(f)).toList());
  }

  EvaluationContext withFilter(RexNode filter) {
    List<RexNode> all = new ArrayList<>(filters);
    all.add(filter);
    return new EvaluationContext(base, spine, dimensions, all, settings);
  }

  EvaluationContext withFilters(List<RexNode> others) {
    return new EvaluationContext(base, spine, dimensions, others, settings);
  }

  EvaluationContext withDimensions(List<RexNode> others) {
    return new EvaluationContext(base, spine, others, filters, settings);
  }

  EvaluationContext withSpine(Spine other) {
    return new EvaluationContext(base, other, dimensions, filters, settings);
  }

  /** The same of all entities together, without dimensions and filters. */
  EvaluationContext ofEveryone() {
    return new EvaluationContext(BaseRow.of(base.table()), spine, List.of(), List.of(), settings);
  }

  EvaluationContext withSettings(SessionSettings others) {
    return new EvaluationContext(base, spine, dimensions, filters, others);
  }
}
