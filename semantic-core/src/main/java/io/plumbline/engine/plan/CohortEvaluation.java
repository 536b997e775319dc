package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CohortMembers.CHANGED;
import static io.plumbline.engine.plan.CohortMembers.COHORT;
import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Follows the entities that began in the same month, in delta form:
 *
 * <pre>
 *   changes, netted by entity and month     an entity's cohort is its first month, or that of its sign-up
 *   sum by dimensions, cohort, month        what a cohort gained and lost in a month, and its size
 *   x all later months, sum                 its state at the end of each
 * </pre>
 *
 * The months are the periods of the context; cost follows changes and cohorts, not entities.
 */
final class CohortEvaluation {

  static final String SIZE = "size";
  static final String ENTITIES = "entities";
  static final String AMOUNT = "amount";
  static final String FIRST_AMOUNT = "first_amount";
  static final String UNKNOWN = "without_rate";

  private static final String NUMBER = "month_number";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final StateParts parts;
  private final Metric.Cohort metric;
  private final StateSource source;
  private final EvaluationContext context;

  /**
   * @param context with months as periods, up to as_of
   */
  CohortEvaluation(
      PlanBuilder plan,
      CompiledModel model,
      StateParts parts,
      Metric.Cohort metric,
      EvaluationContext context) {
    this.plan = plan;
    this.model = model;
    this.parts = parts;
    this.metric = metric;
    this.source = StateSource.of(metric.state(), model);
    this.context = context;
  }

  /**
   * Pushes (dimensions, cohort_month, months_since, size, entities, amount, first_amount,
   * without_rate): every month of every cohort, up to the last of the context.
   */
  void push() {
    new CohortMembers(plan, model, parts, metric, source, context).push();
    pushEntityChanges();
    pushStates();
    pushAges();
  }

  private List<String> with(String... fields) {
    return Stream.concat(context.dimensionFields().stream(), Stream.of(fields)).toList();
  }

  // ---- by entity ----

  /** (dimensions, currency, cohort, month, delta, entities gained, members). */
  private void pushEntityChanges() {
    List<RexNode> entity = List.of(plan.field(ENTITY));
    List<RexNode> inMonth = plan.fields(List.of(ENTITY, CHANGED));
    plan.project(
        with(CURRENCY, COHORT, CHANGED, DELTA),
        List.of(
            new Named("closing", plan.runningSum(plan.field(DELTA), entity, plan.field(CHANGED))),
            new Named("change", plan.sumWithin(plan.field(DELTA), inMonth)),
            new Named("turn", plan.rowNumber(inMonth, plan.field(CURRENCY)))));
    RexNode first = plan.call(SqlStdOperatorTable.EQUALS, plan.field("turn"), plan.number(1));
    RexNode joins = plan.call(SqlStdOperatorTable.EQUALS, plan.field(CHANGED), plan.field(COHORT));
    RexNode counts = plan.isPositive(plan.field("closing"));
    RexNode counted = plan.isPositive(plan.minus(plan.field("closing"), plan.field("change")));
    plan.project(
        with(CURRENCY, COHORT, CHANGED, DELTA),
        List.of(
            new Named(
                ENTITIES,
                plan.choose(
                    first, plan.minus(plan.one(counts), plan.one(counted)), plan.number(0))),
            new Named(SIZE, plan.one(plan.call(SqlStdOperatorTable.AND, first, joins)))));
    plan.sums(with(CURRENCY, COHORT, CHANGED), List.of(DELTA, ENTITIES, SIZE));
    if (source.currency().isPresent()) {
      parts.rates().gatherUnknown();
    }
  }

  // ---- by cohort ----

  /** (dimensions, cohort, month, size, entities, amount, without_rate) at the end of each month. */
  private void pushStates() {
    boolean converts = source.currency().isPresent();
    if (converts) {
      parts.rates().push(context);
    } else {
      new PeriodRows(plan, context).pushNumbers();
    }
    RexNode later =
        plan.call(
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
            plan.relBuilder().field(2, 1, PERIOD),
            plan.relBuilder().field(2, 0, CHANGED));
    RexNode sameCurrency =
        converts
            ? plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 1, CURRENCY),
                plan.relBuilder().field(2, 0, CURRENCY))
            : plan.rexBuilder().makeLiteral(true);
    plan.relBuilder().join(JoinRelType.INNER, later, sameCurrency);
    RexNode rate = converts ? plan.field(CLOSING_RATE) : plan.number(1);
    plan.project(
        with(CURRENCY, COHORT, PERIOD, DELTA, ENTITIES, SIZE), List.of(new Named("rate", rate)));
    plan.sums(with(CURRENCY, COHORT, PERIOD, "rate"), List.of(DELTA, ENTITIES, SIZE));
    RexNode missing =
        plan.call(
            SqlStdOperatorTable.AND,
            plan.call(SqlStdOperatorTable.IS_NULL, plan.field("rate")),
            plan.call(SqlStdOperatorTable.NOT_EQUALS, plan.field(DELTA), plan.number(0)));
    plan.project(
        with(COHORT, PERIOD, SIZE, ENTITIES),
        List.of(
            new Named(AMOUNT, plan.times(plan.field(DELTA), plan.field("rate"))),
            new Named(UNKNOWN, plan.one(missing))));
    plan.sums(with(COHORT, PERIOD), List.of(SIZE, ENTITIES, AMOUNT, UNKNOWN));
  }

  private void pushAges() {
    RelDataType row =
        plan.types()
            .builder()
            .add(NUMBER, SqlTypeName.INTEGER)
            .add(CohortColumn.COHORT_MONTH.columnName(), SqlTypeName.DATE)
            .build();
    List<List<RexLiteral>> months = new ArrayList<>();
    for (Period period : context.spine().periods()) {
      months.add(List.of(plan.number(months.size() + 1), plan.date(period.bucket())));
    }
    plan.values(row, months);
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, COHORT),
                plan.relBuilder().field(2, 1, NUMBER)));
    RexNode age = plan.minus(plan.field(PERIOD), plan.field(COHORT));
    RexNode atFirst =
        plan.choose(
            plan.isZero(age), plan.field(AMOUNT), plan.nullOf(plan.field(AMOUNT).getType()));
    plan.project(
        with(CohortColumn.COHORT_MONTH.columnName(), SIZE, ENTITIES, AMOUNT, UNKNOWN),
        List.of(
            new Named(CohortColumn.MONTHS_SINCE.columnName(), age),
            new Named(FIRST_AMOUNT, plan.maxWithin(atFirst, plan.fields(with(COHORT))))));
  }
}
