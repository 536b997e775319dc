package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Metric.Snapshot.Ends;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Moves the end of an entity's final stint, a run of intervals without a gap, to another date,
 * earlier or later. Intervals that begin after it are left with an end before their start; earlier
 * stints, and entities without a known end, keep theirs.
 */
final class StintEnds {

  private static final String CONTRACT_END = "contract_end";
  private static final String STINT_ENTITY = "stint_entity";
  private static final String MOVED = "moved_end";

  private final PlanBuilder plan;
  private final DatasetRows datasets;
  private final CompiledModel model;

  StintEnds(PlanBuilder plan, DatasetRows datasets, CompiledModel model) {
    this.plan = plan;
    this.datasets = datasets;
    this.model = model;
  }

  /** Changes the end of the intervals on top of the builder. */
  void move(Ends ends, Dataset.Interval validity) {
    List<String> kept = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    kept.remove(validity.to());
    joinEnds(ends);
    RexNode to = plan.field(validity.to());
    RexNode contractEnd = plan.field(CONTRACT_END);
    RexNode moved = plan.field(MOVED);
    RexNode within = plan.call(SqlStdOperatorTable.LESS_THAN, to, contractEnd);
    RexNode last = plan.call(SqlStdOperatorTable.EQUALS, to, contractEnd);
    RexNode end =
        plan.call(
            SqlStdOperatorTable.CASE,
            plan.call(SqlStdOperatorTable.IS_NULL, moved),
            to,
            last,
            moved,
            within,
            plan.call(SqlLibraryOperators.LEAST_PG, to, moved),
            to);
    plan.project(kept, List.of(new Named(validity.to(), end)));
  }

  private void joinEnds(Ends ends) {
    var dataset = model.dataset(ends.dataset());
    String entity = dataset.definition().entity().orElseThrow().column();
    datasets.push(dataset, List.of(entity, CONTRACT_END, ends.column()));
    plan.project(
        List.of(),
        List.of(
            new Named(STINT_ENTITY, plan.field(entity)),
            new Named(CONTRACT_END, plan.field(CONTRACT_END)),
            new Named(MOVED, plan.field(ends.column()))));
    plan.relBuilder()
        .join(
            JoinRelType.LEFT,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, ENTITY),
                plan.relBuilder().field(2, 1, STINT_ENTITY)));
  }
}
