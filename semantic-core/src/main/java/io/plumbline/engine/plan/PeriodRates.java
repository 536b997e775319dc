package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.CurrencyRates.OPENING_RATE;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Rates at the ends of periods, for each currency. Rates are put into the periods that they begin
 * in, and each period without one takes that of the period before: no join of days and rates, whose
 * cost would be their product.
 *
 * <pre>
 *   the last rate that begins in a period, and a row without one for every period and currency
 *     =&gt; the newest rate so far
 * </pre>
 */
final class PeriodRates {

  private static final String RATE = "rate";
  private static final String NEXT = "next_from";
  private static final String NEXT_PERIOD = "next_period";
  private static final String SPELL = "spell";

  private final PlanBuilder plan;
  private final CurrencyRates rates;

  PeriodRates(PlanBuilder plan, CurrencyRates rates) {
    this.plan = plan;
    this.rates = rates;
  }

  /**
   * Pushes (period, currency, opening_rate, closing_rate); a rate that is not known is null.
   *
   * @param bounds of the periods, ascending; a rate holds at a bound if it began on a day before
   * @param reporting ISO code of the currency to convert to
   */
  void push(List<LocalDate> bounds, String reporting) {
    RelNode begun = begun(bounds);
    pushPeriods(bounds.size());
    rates.pushCurrencies(CurrencyRates.BASE_CURRENCY, CurrencyRates.UNKNOWN);
    plan.cross();
    plan.project(List.of(PERIOD, CURRENCY), List.of(new Named(RATE, plan.nullOf(plan.numeric()))));
    plan.unionAll(List.of(plan.build(), begun));
    plan.onlyValues(List.of(PERIOD, CURRENCY), List.of(RATE));
    pushNewest();
    pushConverted(reporting);
    RexNode opening =
        plan.previous(plan.field(RATE), List.of(plan.field(CURRENCY)), plan.field(PERIOD));
    plan.project(
        List.of(PERIOD, CURRENCY),
        List.of(new Named(OPENING_RATE, opening), new Named(CLOSING_RATE, plan.field(RATE))));
    // The upper bound always holds. It tells PostgreSQL that these are few rows, to be hashed.
    plan.filter(
        plan.isPositive(plan.field(PERIOD)),
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.number(bounds.size())));
  }

  private void pushPeriods(int count) {
    RelDataType rowType = plan.types().builder().add(PERIOD, SqlTypeName.INTEGER).build();
    List<List<RexLiteral>> rows = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      rows.add(List.of(plan.number(j)));
    }
    plan.values(rowType, rows);
  }

  /** (period, currency, rate): the last rate that begins in each period that has one. */
  private RelNode begun(List<LocalDate> bounds) {
    rates.pushRates();
    RexNode from = plan.field(CurrencyRates.FROM);
    RexNode next = plan.following(from, List.of(plan.field(CURRENCY)), from);
    plan.project(
        List.of(CURRENCY, CurrencyRates.FROM, CurrencyRates.RATE), List.of(new Named(NEXT, next)));
    plan.project(
        List.of(),
        List.of(
            new Named(PERIOD, Bucket.ofDate(plan, plan.field(CurrencyRates.FROM), bounds)),
            new Named(CURRENCY, plan.field(CURRENCY)),
            new Named(
                RATE,
                plan.rexBuilder()
                    .makeAbstractCast(plan.numeric(), plan.field(CurrencyRates.RATE), false)),
            new Named(NEXT_PERIOD, Bucket.ofDate(plan, plan.field(NEXT), bounds))));
    plan.filter(
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.number(bounds.size())),
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, plan.field(NEXT_PERIOD)),
            plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.field(NEXT_PERIOD))));
    plan.project(List.of(PERIOD, CURRENCY, RATE), List.of());
    return plan.build();
  }

  /** Each period without a rate takes the one before. */
  private void pushNewest() {
    RexNode currency = plan.field(CURRENCY);
    RexNode spell = plan.runningCount(plan.field(RATE), List.of(currency), plan.field(PERIOD));
    plan.project(List.of(PERIOD, CURRENCY, RATE), List.of(new Named(SPELL, spell)));
    RexNode newest =
        plan.maxWithin(plan.field(RATE), List.of(plan.field(CURRENCY), plan.field(SPELL)));
    RexNode isBase = is(CurrencyRates.BASE_CURRENCY);
    plan.project(
        List.of(PERIOD, CURRENCY),
        List.of(new Named(RATE, plan.choose(isBase, plan.number(1), newest))));
  }

  private void pushConverted(String reporting) {
    if (reporting.equals(CurrencyRates.BASE_CURRENCY)) {
      return;
    }
    RexNode rate = plan.field(RATE);
    RexNode own = plan.choose(is(reporting), rate, plan.nullOf(rate.getType()));
    plan.project(List.of(PERIOD, CURRENCY, RATE), List.of(new Named("own_rate", own)));
    RexNode reported = plan.maxWithin(plan.field("own_rate"), List.of(plan.field(PERIOD)));
    plan.project(
        List.of(PERIOD, CURRENCY),
        List.of(new Named(RATE, plan.ratio(plan.field(RATE), reported))));
  }

  private RexNode is(String currency) {
    return plan.call(SqlStdOperatorTable.EQUALS, plan.field(CURRENCY), plan.text(currency));
  }
}
