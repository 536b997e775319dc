package io.plumbline.engine.plan;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Dimension;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.InstantOfWallClock;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The earlier values of a historical dimension as rows (entity, value, from, to) without gaps:
 * where nothing is recorded the value is null, and the first and last rows are open.
 */
final class Histories {

  private static final int RECORDED = 0;
  private static final int GAP_AFTER = 1;
  private static final int GAP_BEFORE = 2;

  private final PlanBuilder plan;
  private final DatasetRows datasets;
  private final CompiledModel model;
  private final EvaluationContext context;

  Histories(
      PlanBuilder plan, DatasetRows datasets, CompiledModel model, EvaluationContext context) {
    this.plan = plan;
    this.datasets = datasets;
    this.model = model;
    this.context = context;
  }

  RelNode rows(Dimension.History history) {
    CompiledDataset dataset = model.dataset(history.dataset());
    Dataset.Interval validity = dataset.definition().validity().orElseThrow();
    String entity = dataset.definition().entity().orElseThrow().column();
    String shown = datasets.shown(history.dataset(), history.column());
    datasets.push(dataset, List.of(entity, shown, validity.from(), validity.to()));
    List<RexNode> byEntity = List.of(plan.field(entity));
    plan.project(
        List.of(),
        List.of(
            new Named("entity", plan.field(entity)),
            new Named("value", plan.field(shown)),
            new Named("since", instant(plan.field(validity.from()))),
            new Named("until", instant(plan.field(validity.to()))),
            new Named(
                "next",
                instant(
                    plan.following(
                        plan.field(validity.from()), byEntity, plan.field(validity.from())))),
            new Named("place", plan.rowNumber(byEntity, plan.field(validity.from())))));
    plan.relBuilder().values(new String[] {"kind"}, RECORDED, GAP_AFTER, GAP_BEFORE);
    plan.cross();
    plan.filter(exists());
    return withoutGaps();
  }

  private RexNode is(int kind) {
    return plan.call(SqlStdOperatorTable.EQUALS, plan.field("kind"), plan.number(kind));
  }

  private RexNode exists() {
    RexNode ends = plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field("until"));
    RexNode beforeNext =
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, plan.field("next")),
            plan.call(SqlStdOperatorTable.LESS_THAN, plan.field("until"), plan.field("next")));
    RexNode first = plan.call(SqlStdOperatorTable.EQUALS, plan.field("place"), plan.number(1));
    return plan.call(
        SqlStdOperatorTable.OR,
        is(RECORDED),
        plan.call(SqlStdOperatorTable.AND, is(GAP_AFTER), ends, beforeNext),
        plan.call(SqlStdOperatorTable.AND, is(GAP_BEFORE), first));
  }

  private RelNode withoutGaps() {
    RexNode value = plan.field("value");
    RexNode since = plan.field("since");
    RexNode until = plan.field("until");
    plan.project(
        List.of(),
        List.of(
            new Named("history_entity", plan.field("entity")),
            new Named(
                "history_value", plan.choose(is(RECORDED), value, plan.nullOf(value.getType()))),
            new Named("history_from", choose(since, until, plan.nullOf(since.getType()))),
            new Named("history_to", choose(until, plan.field("next"), since))));
    return plan.build();
  }

  private RexNode choose(RexNode recorded, RexNode gapAfter, RexNode gapBefore) {
    return plan.call(
        SqlStdOperatorTable.CASE, is(RECORDED), recorded, is(GAP_AFTER), gapAfter, gapBefore);
  }

  private RexNode instant(RexNode time) {
    return instant(plan, time, context);
  }

  /** A day begins in the reporting zone. */
  static RexNode instant(PlanBuilder plan, RexNode time, EvaluationContext context) {
    if (time.getType().getSqlTypeName() != SqlTypeName.DATE) {
      return time;
    }
    RelDataType timestamp =
        plan.types()
            .createTypeWithNullability(
                plan.types().createSqlType(SqlTypeName.TIMESTAMP, 6), time.getType().isNullable());
    return plan.call(
        InstantOfWallClock.OPERATOR,
        plan.text(context.settings().timeZone().getId()),
        plan.rexBuilder().makeCast(timestamp, time));
  }
}
