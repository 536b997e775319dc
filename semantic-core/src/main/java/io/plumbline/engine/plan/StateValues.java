package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.OPENING_RATE;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Measures from changes, states and rates: amounts are converted after everything is summed in its
 * own currency, and then summed over the currencies.
 */
final class StateValues {

  private final PlanBuilder plan;
  private final StateSource source;
  private final Set<StateMeasure> measures;
  private final EvaluationContext context;

  StateValues(
      PlanBuilder plan, StateSource source, Set<StateMeasure> measures, EvaluationContext context) {
    this.plan = plan;
    this.source = source;
    this.measures = measures;
    this.context = context;
  }

  /** An amount in the currency of its rows, and the rate that it is converted at. */
  private record Term(RexNode amount, String rate) {}

  /** Rows (dimensions, period, measures) of the rows on top of the builder. */
  RelNode evaluate() {
    List<String> key = key();
    List<Named> values = values();
    plan.project(key, values);
    if (source.currency().isPresent()) {
      sum(values);
    }
    return plan.build();
  }

  /**
   * The same, summed over the periods of a coarser context.
   *
   * @param pushCells pushes the keys (dimensions, period) of all cells
   */
  RelNode evaluateWithin(EvaluationContext coarser, Runnable pushCells) {
    List<Named> values = new ArrayList<>(values());
    List<Named> all = new ArrayList<>(List.of(new Named(PERIOD, coarserPeriod(coarser))));
    all.addAll(values);
    plan.project(context.dimensionFields(), all);
    RelNode rows = plan.build();
    pushCells.run();
    plan.project(key(), values.stream().map(v -> new Named(v.name(), plan.number(0))).toList());
    plan.unionAll(List.of(rows, plan.build()));
    sum(values);
    return plan.build();
  }

  private RexNode coarserPeriod(EvaluationContext coarser) {
    List<Integer> firsts = new ArrayList<>();
    var bounds = context.spine().bounds();
    coarser.spine().periods().forEach(period -> firsts.add(bounds.indexOf(period.from()) + 1));
    return Bucket.ofNumber(plan, plan.field(PERIOD), firsts);
  }

  private List<String> key() {
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    return key;
  }

  private void sum(List<Named> values) {
    plan.sums(key(), values.stream().map(Named::name).toList());
    plan.project(key(), measures.stream().map(this::knownValue).toList());
  }

  // ---- values by currency ----

  private List<Named> values() {
    List<Named> values = new ArrayList<>();
    for (StateMeasure measure : measures) {
      values.add(new Named(measure.field(), value(measure)));
      if (source.currency().isPresent() && measure.isConverted()) {
        values.add(new Named(unknown(measure), plan.one(rateIsMissing(measure))));
      }
      if (source.currency().isPresent() && measure.isInOwnCurrency()) {
        RexNode some = plan.call(SqlStdOperatorTable.NOT_EQUALS, value(measure), plan.number(0));
        values.add(new Named(currencies(measure), plan.one(some)));
      }
    }
    return values;
  }

  private RexNode value(StateMeasure measure) {
    return switch (measure) {
      case CLOSING_OWN -> state();
      case OPENING_OWN -> openingState();
      case CLOSING_ENTITIES -> plan.field(DenseStates.ENTITY_STATE);
      case OPENING_ENTITIES -> openingEntities();
      case PRESENT_ENTITIES -> plan.plus(openingEntities(), of(Change.APPEARED));
      case NEW_COUNT -> of(Change.NEW_ENTITIES);
      case REACTIVATION_COUNT -> of(Change.REACTIVATION_ENTITIES);
      case EXPANSION_COUNT -> of(Change.EXPANSION_ENTITIES);
      case CONTRACTION_COUNT -> of(Change.CONTRACTION_ENTITIES);
      case CHURN_COUNT -> of(Change.CHURN_ENTITIES);
      case KEPT_COUNT -> plan.minus(openingEntities(), of(Change.CHURN_ENTITIES));
      case LOST_COUNT -> plan.plus(of(Change.CONTRACTION_ENTITIES), of(Change.CHURN_ENTITIES));
      case LESSER_COUNT ->
          plan.minus(
              plan.minus(openingEntities(), of(Change.CHURN_ENTITIES)),
              of(Change.CONTRACTION_ENTITIES));
      default -> terms(measure).stream().map(this::converted).reduce(plan::plus).orElseThrow();
    };
  }

  private List<Term> terms(StateMeasure measure) {
    return switch (measure) {
      case CLOSING_AMOUNT -> List.of(new Term(state(), CLOSING_RATE));
      case OPENING_AMOUNT -> List.of(new Term(openingState(), OPENING_RATE));
      case NEW_AMOUNT -> List.of(new Term(of(Change.NEW), CLOSING_RATE));
      case REACTIVATION_AMOUNT -> List.of(new Term(of(Change.REACTIVATION), CLOSING_RATE));
      case EXPANSION_AMOUNT -> List.of(new Term(of(Change.EXPANSION), OPENING_RATE));
      case CONTRACTION_AMOUNT -> List.of(new Term(of(Change.CONTRACTION), OPENING_RATE));
      case CHURN_AMOUNT -> List.of(new Term(of(Change.CHURN), OPENING_RATE));
      case FX_AMOUNT ->
          List.of(
              new Term(keptState(), CLOSING_RATE),
              new Term(plan.negated(keptState()), OPENING_RATE));
      case TRANSFER_AMOUNT -> List.of(new Term(transferred(), CLOSING_RATE));
      case KEPT_AMOUNT -> List.of(new Term(keptState(), OPENING_RATE));
      case LESSER_AMOUNT -> List.of(new Term(plan.minus(openingState(), lost()), OPENING_RATE));
      case LOST_AMOUNT -> List.of(new Term(lost(), OPENING_RATE));
      default -> throw new IllegalArgumentException(measure + " is not converted");
    };
  }

  private RexNode of(Change change) {
    return plan.field(change.field());
  }

  private RexNode state() {
    return plan.field(DenseStates.STATE);
  }

  private RexNode openingState() {
    return plan.minus(state(), of(Change.DELTA));
  }

  private RexNode openingEntities() {
    return plan.minus(plan.field(DenseStates.ENTITY_STATE), of(Change.ENTITY_DELTA));
  }

  private RexNode lost() {
    return plan.plus(of(Change.CONTRACTION), of(Change.CHURN));
  }

  /** What those have at the end who had something at the start. */
  private RexNode keptState() {
    return plan.minus(plan.plus(openingState(), of(Change.EXPANSION)), lost());
  }

  /** The change that no movement accounts for. */
  private RexNode transferred() {
    RexNode gained =
        plan.plus(plan.plus(of(Change.NEW), of(Change.REACTIVATION)), of(Change.EXPANSION));
    return plan.plus(plan.minus(of(Change.DELTA), gained), lost());
  }

  private RexNode converted(Term term) {
    return source.currency().isPresent()
        ? plan.times(term.amount(), plan.field(term.rate()))
        : term.amount();
  }

  /** A sum skips nulls: an amount without a rate would vanish in silence. */
  private RexNode rateIsMissing(StateMeasure measure) {
    List<RexNode> missing =
        terms(measure).stream()
            .map(
                term ->
                    plan.call(
                        SqlStdOperatorTable.AND,
                        plan.call(SqlStdOperatorTable.IS_NULL, plan.field(term.rate())),
                        plan.call(SqlStdOperatorTable.NOT_EQUALS, term.amount(), plan.number(0))))
            .toList();
    return missing.size() == 1
        ? missing.get(0)
        : plan.call(SqlStdOperatorTable.OR, missing.toArray(new RexNode[0]));
  }

  // ---- values over currencies ----

  private Named knownValue(StateMeasure measure) {
    RexNode value = plan.field(measure.field());
    if (source.currency().isEmpty() || !measure.isConverted() && !measure.isInOwnCurrency()) {
      return new Named(measure.field(), value);
    }
    RexNode unknown =
        measure.isConverted()
            ? plan.isPositive(plan.field(unknown(measure)))
            : plan.call(
                SqlStdOperatorTable.GREATER_THAN, plan.field(currencies(measure)), plan.number(1));
    return new Named(
        measure.field(), plan.choose(unknown, plan.nullOf(value.getType()), plan.orZero(value)));
  }

  private static String unknown(StateMeasure measure) {
    return measure.field() + "_without_rate";
  }

  private static String currencies(StateMeasure measure) {
    return measure.field() + "_currencies";
  }
}
