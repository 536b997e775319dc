package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Evaluates bands: other metrics for each entity, then what comes of them counted or averaged.
 *
 * <pre>
 *   Aggregate(dimensions, period; count, average ...)
 *     Project(expressions over the metrics)
 *       the metrics by dimensions and entity: entities with something in them
 * </pre>
 */
final class BandsEvaluation {

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final EntityRows entities;
  private final EvaluationContext context;

  BandsEvaluation(
      PlanBuilder plan, CompiledModel model, EntityRows entities, EvaluationContext context) {
    this.plan = plan;
    this.model = model;
    this.entities = entities;
    this.context = context;
  }

  /** Rows (dimensions, period, a field for each metric under its name). */
  RelNode evaluate(List<Metric.Bands> metrics) {
    Set<MetricInContext> inputs = new LinkedHashSet<>();
    metrics.forEach(metric -> inputs.addAll(EntityRows.inputs(expression(metric))));
    entities.push(inputs, context);
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    plan.project(key, metrics.stream().map(this::value).toList());
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(key)), metrics.stream().map(this::aggregate).toList());
    return plan.build();
  }

  private DerivedExpression expression(Metric.Bands metric) {
    return Objects.requireNonNull(model.derived().get(metric.name()));
  }

  private Named value(Metric.Bands metric) {
    RexNode value = EntityRows.overRows(plan, expression(metric));
    return new Named(metric.name(), counted(value, metric));
  }

  /** Where entities are counted, those for which a condition does not hold have no value. */
  private RexNode counted(RexNode value, Metric.Bands metric) {
    boolean condition =
        metric.aggregation() == Metric.Aggregation.COUNT
            && value.getType().getSqlTypeName() == SqlTypeName.BOOLEAN;
    return condition
        ? plan.choose(
            plan.call(SqlStdOperatorTable.IS_TRUE, value),
            plan.number(1),
            plan.nullOf(plan.integer()))
        : value;
  }

  private RelBuilder.AggCall aggregate(Metric.Bands metric) {
    RelBuilder builder = plan.relBuilder();
    RexNode value = plan.field(metric.name());
    RelBuilder.AggCall call =
        switch (metric.aggregation()) {
          case COUNT -> builder.count(value);
          case COUNT_DISTINCT -> builder.count(true, null, value);
          case SUM -> builder.aggregateCall(SqlStdOperatorTable.SUM, value);
          case AVERAGE -> builder.avg(value);
          case MIN -> builder.min(value);
          case MAX -> builder.max(value);
        };
    return call.as(metric.name());
  }
}
