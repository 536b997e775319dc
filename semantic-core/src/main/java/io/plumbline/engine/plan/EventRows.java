package io.plumbline.engine.plan;

import io.plumbline.definitions.Column;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Rows that happen, with what some measures read of each, before they are aggregated. Money is
 * converted at the rate of the reporting-zone day on which its row happened.
 */
final class EventRows {

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

  EventRows(
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

  /**
   * Pushes (dimensions, what the moments become, the values of the measures, whether rows count for
   * them, whether a rate is missing).
   *
   * @param from the first day; empty for all
   * @param end the day after the last
   * @param ofMoment fields made of the moment at which a row happened
   */
  void push(Optional<LocalDate> from, LocalDate end, Function<RexNode, List<Named>> ofMoment) {
    rows.push(dataset, ownColumns(), new RowTime.At(time), context);
    RexNode moment = plan.field(time);
    from.ifPresent(
        day ->
            plan.filter(
                plan.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, plan.field(time), at(day))));
    plan.filter(plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(time), at(end)));
    List<Named> fields = new ArrayList<>(ofMoment.apply(moment));
    for (EventMeasure measure : measures) {
      measure.value().ifPresent(v -> fields.add(new Named(measure.field(), over(v))));
      if (!measure.conditions().isEmpty()) {
        fields.add(new Named(counted(measure), counts(measure)));
      }
    }
    boolean money = measures.stream().anyMatch(EventMeasure::money);
    if (money) {
      String currency = dataset.definition().currency().orElseThrow();
      fields.add(new Named(TIME, plan.field(time)));
      fields.add(new Named(CurrencyRates.CURRENCY, plan.field(currency)));
    }
    plan.project(context.dimensionFields(), fields);
    if (money) {
      convertMoney();
    }
  }

  private RexNode counts(EventMeasure measure) {
    RexNode[] conditions =
        measure.conditions().stream()
            .map(c -> plan.call(SqlStdOperatorTable.IS_TRUE, over(c)))
            .toArray(RexNode[]::new);
    return conditions.length == 1 ? conditions[0] : plan.call(SqlStdOperatorTable.AND, conditions);
  }

  /** The field that tells whether a row counts for a measure with conditions. */
  static String counted(EventMeasure measure) {
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

  private RexNode at(LocalDate day) {
    return dataset.typeOf(time).getSqlTypeName() == SqlTypeName.DATE
        ? plan.date(day)
        : plan.instant(context.spine().instant(day));
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
}
