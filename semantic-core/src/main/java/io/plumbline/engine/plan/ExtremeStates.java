package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Snapshot.Edge;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The least or greatest value of the rows that hold at an edge of each period. An extreme can't be
 * summed up from changes: every row meets the periods at whose edge it holds.
 */
final class ExtremeStates {

  private static final String VALUE = "value";
  private static final String FIRST = "first_period";
  private static final String LAST = "last_period";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final Metric.Snapshot metric;
  private final EvaluationContext context;

  ExtremeStates(
      PlanBuilder plan,
      StateParts parts,
      StateSource source,
      Metric.Snapshot metric,
      EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.metric = metric;
    this.context = context;
  }

  /** Rows (dimensions, period, the metric); none where nothing holds. */
  RelNode evaluate() {
    pushHolding();
    new PeriodRows(plan, context).pushNumbers();
    RexNode period = plan.relBuilder().field(2, 1, PERIOD);
    RexNode first = plan.relBuilder().field(2, 0, FIRST);
    RexNode last = plan.relBuilder().field(2, 0, LAST);
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, first, period),
            plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, period, last));
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    SqlAggFunction extreme =
        metric.measure() == Measure.MIN ? SqlStdOperatorTable.MIN : SqlStdOperatorTable.MAX;
    plan.relBuilder()
        .aggregate(
            plan.relBuilder().groupKey(plan.fields(key)),
            plan.relBuilder().aggregateCall(extreme, plan.field(VALUE)).as(metric.name()));
    return plan.build();
  }

  /**
   * (dimensions, value, first_period, last_period): between which periods' edges each row holds.
   */
  private void pushHolding() {
    StateChanges rows = new StateChanges(plan, parts, source, context);
    rows.pushRows();
    Dataset.Interval validity = source.dataset().definition().validity().orElseThrow();
    // The left limit: a row that begins at an edge does not hold there yet, one that ends does.
    int after = metric.edge() == Edge.CLOSING ? 0 : 1;
    RexNode begun = Bucket.ofInstant(plan, plan.field(validity.from()), context.spine());
    RexNode ended = Bucket.ofInstant(plan, plan.field(validity.to()), context.spine());
    RexNode last = plan.plus(ended, plan.number(after - 1));
    plan.project(
        context.dimensionFields(),
        List.of(
            new Named(VALUE, plan.field(source.column())),
            new Named(FIRST, plan.plus(begun, plan.number(after))),
            new Named(
                LAST,
                plan.call(
                    SqlStdOperatorTable.COALESCE,
                    last,
                    plan.number(context.spine().periods().size())))));
  }
}
