package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/** Aggregates rows that happen by period and dimensions. Periods without rows have no row here. */
final class EventEvaluation {

  private final PlanBuilder plan;
  private final EventRows rows;
  private final List<EventMeasure> measures;
  private final EvaluationContext context;

  /**
   * @param rows with what the measures read
   */
  EventEvaluation(
      PlanBuilder plan, EventRows rows, List<EventMeasure> measures, EvaluationContext context) {
    this.plan = plan;
    this.rows = rows;
    this.measures = List.copyOf(measures);
    this.context = context;
  }

  /** Rows (dimensions, period, the fields of the measures). */
  RelNode evaluate() {
    Spine spine = context.spine();
    rows.push(
        Optional.of(spine.bounds().get(0)),
        spine.end(),
        moment ->
            List.of(new Named(PERIOD, Bucket.of(plan, moment, spine.bounds(), spine.zone()))));
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(key)),
        measures.stream().flatMap(measure -> aggregates(measure).stream()).toList());
    return plan.build();
  }

  private List<RelBuilder.AggCall> aggregates(EventMeasure measure) {
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    calls.add(aggregate(measure).as(measure.field()));
    if (measure.money()) {
      String unknown = EventMeasure.withoutRate(measure.field());
      calls.add(plan.relBuilder().max(plan.field(unknown)).as(unknown));
    }
    return measure.conditions().isEmpty()
        ? calls
        : calls.stream().map(call -> call.filter(plan.field(EventRows.counted(measure)))).toList();
  }

  private RelBuilder.AggCall aggregate(EventMeasure measure) {
    RelBuilder builder = plan.relBuilder();
    Optional<RexNode> value = measure.value().map(v -> plan.field(measure.field()));
    return switch (measure.aggregation()) {
      case SUM -> builder.aggregateCall(SqlStdOperatorTable.SUM, value.orElseThrow());
      case COUNT -> value.map(builder::count).orElseGet(() -> builder.countStar(measure.field()));
      case COUNT_DISTINCT -> builder.count(true, null, value.orElseThrow());
      case MIN -> builder.min(value.orElseThrow());
      case MAX -> builder.max(value.orElseThrow());
      case AVERAGE -> builder.avg(value.orElseThrow());
    };
  }
}
