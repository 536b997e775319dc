package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;

/**
 * Lowers aggregates of dimensions and time columns, such as {@code count(distinct segment)} and
 * {@code max(month)}: over the rows that the query would see if it had grouped by their arguments
 * as well.
 */
final class OrdinaryCalls {

  private final PlanBuilder plan;
  private final MetricEvaluation evaluation;
  private final CompiledDataset entities;
  private final Aggregate aggregate;
  private final List<MetricCall> calls;
  private final EvaluationContext context;
  private final Function<Optional<TimeKeys.Key>, Spine> resolve;

  /**
   * @param resolve makes the periods of the query's range at another grain
   */
  OrdinaryCalls(
      PlanBuilder plan,
      MetricEvaluation evaluation,
      CompiledDataset entities,
      Aggregate aggregate,
      List<MetricCall> calls,
      EvaluationContext context,
      Function<Optional<TimeKeys.Key>, Spine> resolve) {
    this.plan = plan;
    this.evaluation = evaluation;
    this.entities = entities;
    this.aggregate = aggregate;
    this.calls = calls;
    this.context = context;
    this.resolve = resolve;
  }

  /**
   * Rows (key, v0..vn), with nulls for the calls that are not ordinary.
   *
   * @param ordinary positions of the ordinary calls
   * @param key fields of the context's dimensions and the period
   */
  RelNode lower(List<Integer> ordinary, List<String> key) {
    List<RexNode> arguments = ordinary.stream().flatMap(i -> arguments(i).stream()).toList();
    boolean time = arguments.stream().anyMatch(context.base()::readsTime);
    if (time && arguments.stream().anyMatch(context.base()::readsEntities)) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          "aggregates of time columns and of dimensions together. Ask for the range of time in a query of its own");
    }
    if (time) {
      overTime(ordinary, arguments);
    } else {
      overMembers(ordinary, arguments);
    }
    return aggregated(ordinary, key);
  }

  private List<RexNode> arguments(int call) {
    return ((MetricCall.Ordinary) calls.get(call)).arguments();
  }

  private static String argumentField(int call, int argument) {
    return "a" + call + "_" + argument;
  }

  /**
   * The days of a range are known without the data; every combination of dimensions has them all.
   */
  private void overTime(List<Integer> ordinary, List<RexNode> arguments) {
    Spine fine =
        resolve.apply(
            TimeKeys.grain(arguments, context.base()::time, context.settings().calendar()));
    PeriodRows periods =
        new PeriodRows(
            plan,
            new EvaluationContext(context.base(), fine, List.of(), List.of(), context.settings()));
    periods.pushAsked(TimeColumn.inOrder());
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(PERIOD, outerPeriod()));
    argumentFields(ordinary, fields, periods::timeExpression);
    plan.project(List.of(), fields);
    if (!context.dimensions().isEmpty()) {
      plan.push(evaluation.members(context, entities));
      plan.cross();
    }
  }

  /** With keys of time, each fine period belongs to the coarse one that holds it. */
  private RexNode outerPeriod() {
    return context.spine().periods().size() == 1
        ? plan.number(1)
        : Bucket.ofDate(plan, plan.field(TimeColumn.PERIOD_START.columnName()), context.spine());
  }

  private void overMembers(List<Integer> ordinary, List<RexNode> arguments) {
    List<RexNode> dimensions = new ArrayList<>(context.dimensions());
    dimensions.addAll(arguments);
    if (ordinary.stream().anyMatch(i -> needsEntities(aggregate.getAggCallList().get(i)))) {
      dimensions.add(entityKey());
    }
    EvaluationContext wide =
        new EvaluationContext(
            context.base(), context.spine(), dimensions, context.filters(), context.settings());
    plan.push(evaluation.evaluate(Map.of(), wide, entities));
    List<Named> fields = new ArrayList<>();
    for (String dimension : context.dimensionFields()) {
      fields.add(new Named(dimension, plan.field(dimension)));
    }
    fields.add(new Named(PERIOD, plan.field(PERIOD)));
    argumentFields(
        ordinary,
        fields,
        argument -> plan.field(wide.dimensionFields().get(dimensions.indexOf(argument))));
    plan.project(List.of(), fields);
  }

  private RexNode entityKey() {
    SemanticColumn.Dimensional key =
        context
            .base()
            .table()
            .entityKey()
            .orElseThrow(
                () ->
                    new Refusal(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "metrics."
                            + context.base().table().definition().name()
                            + " has no entity whose rows could be counted"));
    int field = context.base().table().columns().indexOf(key);
    return plan.rexBuilder().makeInputRef(key.type(), field);
  }

  /** Counting and adding up read every entity; distinct values, minima and maxima do not. */
  private static boolean needsEntities(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return !call.isDistinct() && kind != SqlKind.MIN && kind != SqlKind.MAX;
  }

  private void argumentFields(
      List<Integer> ordinary, List<Named> fields, UnaryOperator<RexNode> over) {
    for (int call : ordinary) {
      List<RexNode> arguments = arguments(call);
      for (int a = 0; a < arguments.size(); a++) {
        fields.add(new Named(argumentField(call, a), over.apply(arguments.get(a))));
      }
    }
  }

  private RelNode aggregated(List<Integer> ordinary, List<String> key) {
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(key)), ordinary.stream().map(this::call).toList());
    List<Named> values = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      values.add(
          new Named(
              "v" + i,
              ordinary.contains(i)
                  ? plan.field("v" + i)
                  : plan.nullOf(aggregate.getAggCallList().get(i).getType())));
    }
    plan.project(key, values);
    return plan.build();
  }

  private RelBuilder.AggCall call(int position) {
    AggregateCall call = aggregate.getAggCallList().get(position);
    List<RexNode> operands =
        IntStream.range(0, call.getArgList().size())
            .mapToObj(a -> plan.field(argumentField(position, a)))
            .toList();
    return plan.relBuilder()
        .aggregateCall(call.getAggregation(), operands)
        .distinct(call.isDistinct())
        .as("v" + position);
  }
}
