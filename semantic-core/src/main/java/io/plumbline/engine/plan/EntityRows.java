package io.plumbline.engine.plan;

import io.plumbline.definitions.TimeShift;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Metrics by entity, within the dimensions of a context. */
final class EntityRows {

  private final PlanBuilder plan;
  private final MetricEvaluation evaluation;

  EntityRows(PlanBuilder plan, MetricEvaluation evaluation) {
    this.plan = plan;
    this.evaluation = evaluation;
  }

  /** The metrics that an expression reads. */
  static List<MetricInContext> inputs(DerivedExpression expression) {
    return expression.inputs().stream()
        .map(
            input ->
                new MetricInContext(
                    input.metric(),
                    input
                        .at()
                        .<List<ContextChange>>map(shift -> List.of(earlier(shift)))
                        .orElse(List.of())))
        .toList();
  }

  private static ContextChange earlier(TimeShift shift) {
    return new ContextChange.Earlier(shift);
  }

  /** The field of a metric. */
  static String field(MetricInContext metric) {
    return metric.changes().isEmpty() ? metric.metric() : metric.metric() + " " + metric.changes();
  }

  /** The value of an expression over pushed rows that have the metrics it reads. */
  static RexNode overRows(PlanBuilder plan, DerivedExpression derived) {
    List<MetricInContext> inputs = inputs(derived);
    return derived
        .expression()
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return plan.field(field(inputs.get(ref.getIndex())));
              }
            });
  }

  /**
   * Pushes the rows (dimensions of the context, another one of the entity, period, fields): of the
   * entities for which one of the metrics is something.
   */
  void push(Collection<MetricInContext> metrics, EvaluationContext context) {
    push(metrics, context, evaluation::evaluateEntities);
  }

  /** The same of the entities that a query by entity shows. */
  void pushPresent(Collection<MetricInContext> metrics, EvaluationContext context) {
    push(metrics, context, evaluation::evaluatePresent);
  }

  private void push(
      Collection<MetricInContext> metrics,
      EvaluationContext context,
      BiFunction<Map<String, MetricInContext>, EvaluationContext, RelNode> evaluate) {
    Map<String, MetricInContext> asked = new LinkedHashMap<>();
    metrics.forEach(metric -> asked.put(field(metric), metric));
    EvaluationContext wide = byEntity(context);
    plan.push(evaluate.apply(asked, wide));
    String entity = wide.dimensionFields().get(context.dimensions().size());
    plan.filter(plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field(entity)));
  }

  private EvaluationContext byEntity(EvaluationContext context) {
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
                            + " has no entity for which metrics could be evaluated one by one"));
    List<RexNode> dimensions = new ArrayList<>(context.dimensions());
    dimensions.add(
        plan.rexBuilder().makeInputRef(key.type(), context.base().table().columns().indexOf(key)));
    return context.withDimensions(dimensions);
  }
}
