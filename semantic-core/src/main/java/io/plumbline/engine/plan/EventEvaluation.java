package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Column;
import io.plumbline.definitions.Metric;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.CompiledModel.SimpleExpressions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Evaluates simple metrics: the rows of a dataset, dated by its time column, aggregated by period
 * and dimensions. Periods without rows have no row here.
 */
final class EventEvaluation {

  private final PlanBuilder plan;
  private final DimensionedRows rows;
  private final CompiledModel model;
  private final CompiledDataset dataset;
  private final List<Metric.Simple> metrics;
  private final EvaluationContext context;

  EventEvaluation(
      PlanBuilder plan,
      DimensionedRows rows,
      CompiledModel model,
      CompiledDataset dataset,
      List<Metric.Simple> metrics,
      EvaluationContext context) {
    this.plan = plan;
    this.rows = rows;
    this.model = model;
    this.dataset = dataset;
    this.metrics = metrics;
    this.context = context;
  }

  /** Rows (dimensions, period, a field for each metric under its name). */
  RelNode evaluate() {
    String time = dataset.definition().time().orElseThrow();
    List<String> own = ownColumns(time);
    rows.push(dataset, own, new RowTime.At(time), context);
    plan.filter(
        plan.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, plan.field(time), bound(time, true)),
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(time), bound(time, false)));
    List<PlanBuilder.Named> fields = new ArrayList<>();
    fields.add(new PlanBuilder.Named(PERIOD, bucket(time)));
    for (Metric.Simple metric : metrics) {
      SimpleExpressions expressions = expressions(metric);
      expressions.value().ifPresent(v -> fields.add(new PlanBuilder.Named(metric.name(), over(v))));
      expressions
          .filter()
          .ifPresent(
              f ->
                  fields.add(
                      new PlanBuilder.Named(
                          counted(metric), plan.call(SqlStdOperatorTable.IS_TRUE, over(f)))));
    }
    plan.project(context.dimensionFields(), fields);
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(key)), metrics.stream().map(this::aggregate).toList());
    return plan.build();
  }

  private SimpleExpressions expressions(Metric.Simple metric) {
    return Objects.requireNonNull(model.simple().get(metric.name()));
  }

  private static String counted(Metric.Simple metric) {
    return metric.name() + "_counts";
  }

  private List<String> ownColumns(String time) {
    Set<String> own = new LinkedHashSet<>(List.of(time));
    for (Metric.Simple metric : metrics) {
      SimpleExpressions expressions = expressions(metric);
      Stream.of(expressions.value(), expressions.filter())
          .flatMap(Optional::stream)
          .flatMap(e -> RelOptUtil.InputFinder.bits(e).toList().stream())
          .map(i -> dataset.definition().columns().get(i).name())
          .forEach(own::add);
    }
    return List.copyOf(own);
  }

  private RexNode over(RexNode expression) {
    List<Column> columns = dataset.definition().columns();
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return plan.field(columns.get(ref.getIndex()).name());
          }
        });
  }

  private boolean isDate(String time) {
    return dataset.typeOf(time).getSqlTypeName() == SqlTypeName.DATE;
  }

  private RexNode bucket(String time) {
    return isDate(time)
        ? Bucket.ofDate(plan, plan.field(time), context.spine())
        : Bucket.ofInstant(plan, plan.field(time), context.spine());
  }

  private RexNode bound(String time, boolean lower) {
    Spine spine = context.spine();
    var day = lower ? spine.bounds().get(0) : spine.end();
    return isDate(time) ? plan.date(day) : plan.instant(spine.instant(day));
  }

  private RelBuilder.AggCall aggregate(Metric.Simple metric) {
    RelBuilder builder = plan.relBuilder();
    SimpleExpressions expressions = expressions(metric);
    Optional<RexNode> value = expressions.value().map(v -> plan.field(metric.name()));
    RelBuilder.AggCall call =
        switch (metric.aggregation()) {
          case SUM -> builder.aggregateCall(SqlStdOperatorTable.SUM, value.orElseThrow());
          case COUNT -> value.map(builder::count).orElseGet(() -> builder.countStar(metric.name()));
          case COUNT_DISTINCT -> builder.count(true, null, value.orElseThrow());
          case MIN -> builder.min(value.orElseThrow());
          case MAX -> builder.max(value.orElseThrow());
          case AVERAGE -> builder.avg(value.orElseThrow());
        };
    RelBuilder.AggCall filtered =
        expressions.filter().isPresent() ? call.filter(plan.field(counted(metric))) : call;
    return filtered.as(metric.name());
  }
}
