package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/** Metrics that are evaluated by day and, in longer periods, averaged over their days. */
final class DailyAverages {

  private static final String DAY = "day_number";
  private static final String OUTER = "outer_period";
  private static final String DAYS = "days";

  private final PlanBuilder plan;

  DailyAverages(PlanBuilder plan) {
    this.plan = plan;
  }

  /**
   * The metric in a context: as it is, or the averages of its days where it asks for them.
   *
   * @param evaluate rows (dimensions, period, fields) for every period and combination
   */
  RelNode of(
      Metric.Cumulative metric,
      EvaluationContext context,
      Function<EvaluationContext, RelNode> evaluate) {
    boolean daily = context.spine().grain().equals(Optional.of(Grain.DAY));
    if (!metric.averageWhenCoarser() || daily) {
      return evaluate.apply(context);
    }
    plan.push(evaluate.apply(context.withSpine(days(context.spine()))));
    List<String> fields = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    fields.removeAll(context.dimensionFields());
    fields.remove(PERIOD);
    joinPeriods(context.spine());
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(OUTER);
    average(key, fields);
    List<Named> averages = new ArrayList<>();
    averages.add(new Named(PERIOD, plan.field(OUTER)));
    fields.forEach(f -> averages.add(new Named(f, plan.ratio(plan.field(f), plan.field(DAYS)))));
    plan.project(context.dimensionFields(), averages);
    return plan.build();
  }

  private static Spine days(Spine spine) {
    List<Period> days = new ArrayList<>();
    LocalDate first = spine.bounds().get(0);
    for (LocalDate day = first; day.isBefore(spine.end()); day = day.plusDays(1)) {
      days.add(new Period(day, day, day.plusDays(1), true, true));
    }
    return new Spine(Optional.of(Grain.DAY), spine.rules(), spine.zone(), days);
  }

  /** Puts the number of its period beside each day. */
  private void joinPeriods(Spine spine) {
    RelDataType row =
        plan.types()
            .builder()
            .add(DAY, SqlTypeName.INTEGER)
            .add(OUTER, SqlTypeName.INTEGER)
            .build();
    List<List<RexLiteral>> rows = new ArrayList<>();
    for (int j = 1; j <= spine.periods().size(); j++) {
      Period period = spine.periods().get(j - 1);
      for (LocalDate day = period.from(); day.isBefore(period.to()); day = day.plusDays(1)) {
        rows.add(List.of(plan.number(rows.size() + 1), plan.number(j)));
      }
    }
    plan.values(row, rows);
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, PERIOD),
                plan.relBuilder().field(2, 1, DAY)));
  }

  private void average(List<String> key, List<String> fields) {
    RelBuilder builder = plan.relBuilder();
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    fields.forEach(f -> calls.add(builder.sum(false, f, plan.field(f))));
    calls.add(builder.countStar(DAYS));
    builder.aggregate(builder.groupKey(plan.fields(key)), calls);
  }
}
