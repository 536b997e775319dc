package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.SemanticColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rex.RexNode;

/**
 * A relation over a semantic table whose metrics are not evaluated yet: what a subquery, CTE or
 * view hands on as long as it only projects, filters, renames, orders, or joins to something
 * unique.
 *
 * @param outputs its fields
 * @param filters over the base row; all must hold
 * @param collation by fields of the outputs
 * @param limit rows that it was cut to, not yet evaluated
 */
record SemanticRelation(
    BaseRow base,
    List<Output> outputs,
    List<RexNode> filters,
    RelCollation collation,
    Optional<Limit> limit) {

  /** A field of the relation. */
  sealed interface Output {

    /** Something that does not read metrics, over the base row. */
    record Plain(RexNode expression) implements Output {}

    /** A metric, not evaluated. */
    record Unevaluated(SemanticColumn.Metrical metric) implements Output {}

    /** {@code CASE WHEN condition THEN metric END}: allowed inside SUM. */
    record Conditional(SemanticColumn.Metrical metric, RexNode condition) implements Output {}
  }

  /** OFFSET and FETCH. */
  record Limit(Optional<RexNode> offset, Optional<RexNode> fetch) {}

  SemanticRelation {
    outputs = List.copyOf(outputs);
    filters = List.copyOf(filters);
  }

  /** A whole semantic table. */
  static SemanticRelation of(BaseRow base, List<Output> outputs) {
    return new SemanticRelation(base, outputs, List.of(), RelCollations.EMPTY, Optional.empty());
  }

  SemanticRelation withOutputs(List<Output> projected) {
    return new SemanticRelation(base, projected, filters, RelCollations.EMPTY, limit);
  }

  SemanticRelation withFilter(RexNode filter) {
    List<RexNode> all = new ArrayList<>(filters);
    all.add(filter);
    return new SemanticRelation(base, outputs, all, collation, limit);
  }

  SemanticRelation ordered(RelCollation order, Optional<Limit> cut) {
    return new SemanticRelation(base, outputs, filters, order, cut.or(() -> limit));
  }

  boolean hasMetrics() {
    return outputs.stream().anyMatch(output -> !(output instanceof Output.Plain));
  }
}
