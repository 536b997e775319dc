package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.plan.PlanBuilder.Named;
import io.plumbline.engine.plan.SemanticRelation.Output;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Gives evaluated cells the shape of the Aggregate that asked for them: its keys, of which those
 * outside of the grouping set are null, its calls, and exactly its row type.
 */
record AggregateShape(
    PlanBuilder plan, Aggregate aggregate, SemanticRelation input, List<MetricCall> calls) {

  /**
   * The cells of one grouping set with the names and types of the Aggregate.
   *
   * @param cells rows (dimensions, period, v0..vn)
   * @param time the keys of the set that name periods
   * @param dimensions the other keys, as the context has them
   */
  RelNode of(
      ImmutableBitSet set,
      EvaluationContext context,
      RelNode cells,
      List<RexNode> time,
      List<RexNode> dimensions) {
    PeriodRows periods = new PeriodRows(plan, context);
    plan.push(cells);
    Set<TimeColumn> needed = new LinkedHashSet<>();
    time.forEach(
        e ->
            RelOptUtil.InputFinder.bits(e)
                .forEach(i -> input.base().time(i).ifPresent(needed::add)));
    if (!needed.isEmpty() || context.spine().periods().stream().anyMatch(p -> !p.asked())) {
      periods.pushAsked(needed);
      plan.relBuilder()
          .join(
              JoinRelType.INNER,
              plan.call(
                  SqlStdOperatorTable.EQUALS,
                  plan.relBuilder().field(2, 0, PERIOD),
                  plan.relBuilder().field(2, 1, PeriodRows.ASKED)));
    }
    List<Named> fields = new ArrayList<>();
    for (int field : aggregate.getGroupSet()) {
      fields.add(new Named("k" + field, keyValue(field, set, context, periods, dimensions)));
    }
    for (int i = 0; i < calls.size(); i++) {
      fields.add(new Named("v" + i, callValue(i, set)));
    }
    plan.project(List.of(), fields);
    return cast(plan.build());
  }

  private RexNode keyValue(
      int field,
      ImmutableBitSet set,
      EvaluationContext context,
      PeriodRows periods,
      List<RexNode> dimensions) {
    RexNode expression = groupKey(field);
    if (!set.get(field)) {
      return plan.nullOf(expression.getType());
    }
    return input.base().readsTime(expression)
        ? periods.timeExpression(expression)
        : plan.field(context.dimensionFields().get(dimensions.indexOf(expression)));
  }

  private RexNode callValue(int index, ImmutableBitSet set) {
    MetricCall call = calls.get(index);
    if (call instanceof MetricCall.Grouping grouping) {
      return plan.number(grouping.value(set));
    }
    RexNode value = plan.trimmed(plan.field("v" + index));
    boolean counts =
        call instanceof MetricCall.Presence
            || call instanceof MetricCall.Ordinary
                && aggregate.getAggCallList().get(index).getAggregation().getKind()
                    == SqlKind.COUNT;
    return counts ? plan.orZero(value) : value;
  }

  /** The names and exact types of the Aggregate, on which what stands above relies. */
  private RelNode cast(RelNode relation) {
    plan.push(relation);
    RelDataType wanted = aggregate.getRowType();
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < wanted.getFieldCount(); i++) {
      RexNode field = plan.relBuilder().field(i);
      RelDataType type = wanted.getFieldList().get(i).getType();
      fields.add(
          field.getType().equals(type)
              ? field
              : plan.rexBuilder().makeAbstractCast(type, field, false));
    }
    plan.relBuilder().project(fields, wanted.getFieldNames(), true);
    return plan.build();
  }

  /** No period is in the range: no groups, and nothing in the one group of a query without keys. */
  RelNode withoutPeriods(ImmutableBitSet set) {
    RelDataType rowType = aggregate.getRowType();
    plan.push(LogicalValues.createEmpty(aggregate.getCluster(), rowType));
    if (!set.isEmpty()) {
      return plan.build();
    }
    plan.build();
    plan.push(LogicalValues.createOneRow(aggregate.getCluster()));
    List<Named> fields = new ArrayList<>();
    for (int i = 0; i < rowType.getFieldCount(); i++) {
      RelDataType type = rowType.getFieldList().get(i).getType();
      RexNode value =
          type.isNullable()
              ? plan.nullOf(type)
              : plan.rexBuilder().makeAbstractCast(type, plan.number(0), false);
      fields.add(new Named("c" + i, value));
    }
    plan.project(List.of(), fields);
    return cast(plan.build());
  }

  /** What a field of the Aggregate groups by. */
  RexNode groupKey(int field) {
    Output output = input.outputs().get(field);
    if (output instanceof Output.Plain plain) {
      return plain.expression();
    }
    String name = MetricCalls.nameOf(output);
    throw new Refusal(
        SqlState.GROUPING_ERROR,
        "can't group by "
            + name
            + ", which is evaluated by groups. Select aggregate("
            + name
            + ") and group by dimensions",
        name);
  }
}
