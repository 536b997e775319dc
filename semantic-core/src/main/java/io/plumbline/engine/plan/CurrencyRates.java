package io.plumbline.engine.plan;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The periods of a spine, for each currency, with the rates at both ends: the newest rate whose day
 * is on or before the reporting-zone day that ends at the instant.
 */
final class CurrencyRates {

  static final String CURRENCY = "currency";
  static final String OPENING_RATE = "opening_rate";
  static final String CLOSING_RATE = "closing_rate";

  private static final String CONTRACT = "fx_rates";
  static final String RATE = "usd_rate";
  static final String FROM = "valid_from";
  private static final String KIND = "kind";
  private static final String SPOT = "spot";
  static final String BASE_CURRENCY = "USD";

  /** Stands for all currencies without a rate on any day; not a code of a currency. */
  static final String UNKNOWN = "unknown";

  private static final String KNOWN_CURRENCY = "known_currency";

  private final PlanBuilder plan;
  private final DatasetRows datasets;
  private final CompiledModel model;

  CurrencyRates(PlanBuilder plan, DatasetRows datasets, CompiledModel model) {
    this.plan = plan;
    this.datasets = datasets;
    this.model = model;
  }

  /** Pushes (period, currency, opening_rate, closing_rate); a rate that is not known is null. */
  void push(EvaluationContext context) {
    push(context.spine().bounds(), context);
  }

  /** The same for other periods, given by their bounds. */
  void push(List<LocalDate> bounds, EvaluationContext context) {
    new PeriodRates(plan, this).push(bounds, context.settings().currency());
  }

  /** Pushes (currency, valid_from, usd_rate) of the rates that count. */
  void pushRates() {
    datasets.push(rates(), List.of(CURRENCY, FROM, RATE, KIND));
    plan.filter(plan.call(SqlStdOperatorTable.EQUALS, plan.field(KIND), plan.text(SPOT)));
  }

  /**
   * Adds to rows with {@link #CURRENCY} the rate of their day; null if it is not known.
   *
   * @param day the field of the day, which is dropped
   */
  void pushRate(String day, String name, List<String> kept, EvaluationContext context) {
    join(day, name, kept, context);
  }

  /**
   * Puts amounts in currencies without a rate on any day under one name on top of the builder, so
   * that {@link #push} has a row for them in every period.
   */
  void gatherUnknown() {
    List<String> kept = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    kept.remove(CURRENCY);
    pushCurrencies(BASE_CURRENCY);
    plan.project(List.of(), List.of(new Named(KNOWN_CURRENCY, plan.field(CURRENCY))));
    plan.relBuilder()
        .join(
            JoinRelType.LEFT,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, CURRENCY),
                plan.relBuilder().field(2, 1, KNOWN_CURRENCY)));
    RexNode name =
        plan.call(SqlStdOperatorTable.COALESCE, plan.field(KNOWN_CURRENCY), plan.text(UNKNOWN));
    plan.project(kept, List.of(new Named(CURRENCY, name)));
  }

  /** Pushes (currency): those with a rate on some day, and others. */
  void pushCurrencies(String... others) {
    datasets.push(rates(), List.of(CURRENCY));
    plan.relBuilder().values(new String[] {CURRENCY}, (Object[]) others).union(false);
  }

  private CompiledDataset rates() {
    return model.datasets().values().stream()
        .filter(dataset -> dataset.definition().contract().equals(Optional.of(CONTRACT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    SqlState.INVALID_DEFINITION,
                    "amounts in several currencies need a dataset that implements the contract '"
                        + CONTRACT
                        + "'"));
  }

  private void join(String day, String name, List<String> kept, EvaluationContext context) {
    plan.push(validRates("rate"));
    plan.relBuilder()
        .join(JoinRelType.LEFT, isOf(plan.relBuilder().field(2, 0, CURRENCY)), covers(day));
    RexNode rate = plan.choose(isBase(), plan.number(1), plan.field("rate"));
    String reporting = context.settings().currency();
    if (reporting.equals(BASE_CURRENCY)) {
      plan.project(kept, List.of(new Named(name, rate)));
      return;
    }
    plan.project(concat(kept, day), List.of(new Named("rate", rate)));
    plan.push(validRates("reporting_rate"));
    plan.relBuilder().join(JoinRelType.LEFT, isOf(plan.text(reporting)), covers(day));
    RexNode converted = plan.ratio(plan.field("rate"), plan.field("reporting_rate"));
    plan.project(kept, List.of(new Named(name, converted)));
  }

  private static List<String> concat(List<String> names, String name) {
    List<String> all = new ArrayList<>(names);
    if (!all.contains(name)) {
      all.add(name);
    }
    return all;
  }

  private RexNode isBase() {
    return plan.call(SqlStdOperatorTable.EQUALS, plan.field(CURRENCY), plan.text(BASE_CURRENCY));
  }

  /**
   * (a rate, rate_currency, rate_from, rate_to): each rate holds until the next one of its
   * currency.
   */
  private RelNode validRates(String name) {
    pushRates();
    RexNode to = plan.following(plan.field(FROM), List.of(plan.field(CURRENCY)), plan.field(FROM));
    plan.project(
        List.of(),
        List.of(
            new Named(name, plan.field(RATE)),
            new Named("rate_currency", plan.field(CURRENCY)),
            new Named("rate_from", plan.field(FROM)),
            new Named("rate_to", to)));
    return plan.build();
  }

  /** Whether a rate, the right side of a join, is that of a currency. */
  private RexNode isOf(RexNode currency) {
    return plan.call(
        SqlStdOperatorTable.EQUALS, plan.relBuilder().field(2, 1, "rate_currency"), currency);
  }

  /** Whether a rate, the right side of a join, holds on a day of the left side. */
  private RexNode covers(String day) {
    RexNode asked = plan.relBuilder().field(2, 0, day);
    RexNode from = plan.relBuilder().field(2, 1, "rate_from");
    RexNode to = plan.relBuilder().field(2, 1, "rate_to");
    RexNode open = plan.call(SqlStdOperatorTable.IS_NULL, to);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, from, asked),
        plan.call(
            SqlStdOperatorTable.OR, open, plan.call(SqlStdOperatorTable.LESS_THAN, asked, to)));
  }
}
