package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Column;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Aggregates rows that happen by period and dimensions. Periods without rows have no row here.
 * Money is converted at the rate of the reporting-zone day on which its row happened.
 */
final class EventEvaluation {

  private static final String TIME = "happened_at";
  private static final String DAY = "rate_day";
  private static final String RATE = "rate";

  private final PlanBuilder plan;
  private final DimensionedRows rows;
  private final CurrencyRates rates;
  private final CompiledDataset dataset;
  private final String time;
  private final List<EventMeasure> measures;
  private final EvaluationContext context;

  EventEvaluation(
      PlanBuilder plan,
      DimensionedRows rows,
      CurrencyRates rates,
      CompiledDataset dataset,
      String time,
      List<EventMeasure> measures,
      EvaluationContext context) {
    this.plan = plan;
    this.rows = rows;
    this.rates = rates;
    this.dataset = dataset;
    this.time = time;
    this.measures = List.copyOf(measures);
    this.context = context;
  }

  /** Rows (dimensions, period, the fields of the measures). */
  RelNode evaluate() {
    pushRows();
    if (measures.stream().anyMatch(EventMeasure::money)) {
      convertMoney();
    }
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(key)),
        measures.stream().flatMap(measure -> aggregates(measure).stream()).toList());
    return plan.build();
  }

  // ---- rows ----

  /** (dimensions, period, the values of the measures and whether they count, money's currency). */
  private void pushRows() {
    rows.push(dataset, ownColumns(), new RowTime.At(time), context);
    RexNode moment = plan.field(time);
    plan.filter(
        plan.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, moment, bound(true)),
        plan.call(SqlStdOperatorTable.LESS_THAN, moment, bound(false)));
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(PERIOD, bucket()));
    for (EventMeasure measure : measures) {
      measure.value().ifPresent(v -> fields.add(new Named(measure.field(), over(v))));
      if (!measure.conditions().isEmpty()) {
        fields.add(new Named(counted(measure), counts(measure)));
      }
    }
    if (measures.stream().anyMatch(EventMeasure::money)) {
      String currency = dataset.definition().currency().orElseThrow();
      fields.add(new Named(TIME, plan.field(time)));
      fields.add(new Named(CurrencyRates.CURRENCY, plan.field(currency)));
    }
    plan.project(context.dimensionFields(), fields);
  }

  private RexNode counts(EventMeasure measure) {
    RexNode[] conditions =
        measure.conditions().stream()
            .map(c -> plan.call(SqlStdOperatorTable.IS_TRUE, over(c)))
            .toArray(RexNode[]::new);
    return conditions.length == 1 ? conditions[0] : plan.call(SqlStdOperatorTable.AND, conditions);
  }

  private static String counted(EventMeasure measure) {
    return measure.field() + "_counts";
  }

  private List<String> ownColumns() {
    Set<String> own = new LinkedHashSet<>(List.of(time));
    for (EventMeasure measure : measures) {
      measure
          .expressions()
          .flatMap(e -> RelOptUtil.InputFinder.bits(e).toList().stream())
          .map(i -> dataset.definition().columns().get(i).name())
          .forEach(own::add);
      dataset.definition().currency().filter(c -> measure.money()).ifPresent(own::add);
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

  private boolean isDate() {
    return dataset.typeOf(time).getSqlTypeName() == SqlTypeName.DATE;
  }

  private RexNode bucket() {
    return isDate()
        ? Bucket.ofDate(plan, plan.field(time), context.spine())
        : Bucket.ofInstant(plan, plan.field(time), context.spine());
  }

  private RexNode bound(boolean lower) {
    Spine spine = context.spine();
    var day = lower ? spine.bounds().get(0) : spine.end();
    return isDate() ? plan.date(day) : plan.instant(spine.instant(day));
  }

  // ---- money ----

  /** Money becomes an amount in the reporting currency, beside whether its rate is missing. */
  private void convertMoney() {
    List<String> kept = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    kept.remove(TIME);
    plan.project(
        kept, List.of(new Named(DAY, plan.localDay(plan.field(TIME), context.spine().zone()))));
    rates.pushRate(DAY, RATE, kept, context);
    List<Named> converted = new ArrayList<>();
    for (EventMeasure measure : measures) {
      if (measure.money()) {
        kept.remove(measure.field());
        RexNode amount = plan.field(measure.field());
        converted.add(new Named(measure.field(), plan.times(amount, plan.field(RATE))));
        converted.add(
            new Named(EventMeasure.withoutRate(measure.field()), plan.one(isWithoutRate(amount))));
      }
    }
    kept.remove(CurrencyRates.CURRENCY);
    plan.project(kept, converted);
  }

  /** A sum skips nulls: an amount without a rate would vanish in silence. */
  private RexNode isWithoutRate(RexNode amount) {
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.IS_NULL, plan.field(RATE)),
        plan.call(SqlStdOperatorTable.NOT_EQUALS, amount, plan.number(0)));
  }

  // ---- aggregates ----

  private List<RelBuilder.AggCall> aggregates(EventMeasure measure) {
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    calls.add(aggregate(measure).as(measure.field()));
    if (measure.money()) {
      String unknown = EventMeasure.withoutRate(measure.field());
      calls.add(plan.relBuilder().max(plan.field(unknown)).as(unknown));
    }
    return measure.conditions().isEmpty()
        ? calls
        : calls.stream().map(call -> call.filter(plan.field(counted(measure)))).toList();
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
