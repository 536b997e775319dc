package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.CurrencyRates.OPENING_RATE;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Changes as rows for every period, currency and combination of dimensions, with the rates of the
 * period and the state after it.
 */
final class DenseStates {

  /** The sum of all amounts after the period. */
  static final String STATE = "state";

  /** The number of entities that count after the period. */
  static final String ENTITY_STATE = "entity_state";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final Set<Change> changes;
  private final EvaluationContext context;

  DenseStates(
      PlanBuilder plan,
      StateParts parts,
      StateSource source,
      Set<Change> changes,
      EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.changes = changes;
    this.context = context;
  }

  /** Dimensions, currency if there are several, period. */
  static List<String> keys(EvaluationContext context, StateSource source) {
    List<String> keys = new ArrayList<>(context.dimensionFields());
    source.currency().ifPresent(c -> keys.add(CURRENCY));
    keys.add(PERIOD);
    return keys;
  }

  private List<String> keys() {
    return keys(context, source);
  }

  private List<String> fields() {
    return changes.stream().map(Change::field).toList();
  }

  private boolean hasCurrency() {
    return source.currency().isPresent();
  }

  /**
   * Pushes (dimensions, currency, period, changes, rates, states).
   *
   * @param summed relations (dimensions, currency, period, some of the changes)
   */
  void push(List<RelNode> summed) {
    List<RelNode> all = new ArrayList<>();
    all.add(zeros());
    summed.forEach(relation -> all.add(padded(relation)));
    plan.unionAll(all);
    regroup();
    pushStates();
  }

  private RelNode zeros() {
    if (hasCurrency()) {
      parts.rates().push(context);
    } else {
      new PeriodRows(plan, context).pushNumbers();
    }
    if (!context.dimensions().isEmpty()) {
      parts.members().push(source.dataset(), context);
      plan.cross();
    }
    plan.project(
        keys(),
        concat(fields().stream().map(f -> new Named(f, plan.number(0))).toList(), rates(true)));
    return plan.build();
  }

  private RelNode padded(RelNode relation) {
    plan.push(relation);
    List<String> own = relation.getRowType().getFieldNames();
    if (hasCurrency()) {
      parts.rates().gatherUnknown();
    }
    List<Named> values =
        fields().stream()
            .map(f -> new Named(f, own.contains(f) ? plan.field(f) : plan.number(0)))
            .toList();
    plan.project(keys(), concat(values, rates(false)));
    return plan.build();
  }

  private List<String> rateFields() {
    return hasCurrency() ? List.of(OPENING_RATE, CLOSING_RATE) : List.of();
  }

  private List<Named> rates(boolean known) {
    return rateFields().stream()
        .map(rate -> new Named(rate, known ? plan.field(rate) : plan.nullOf(plan.numeric())))
        .toList();
  }

  private static List<Named> concat(List<Named> a, List<Named> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private void regroup() {
    RelBuilder builder = plan.relBuilder();
    var sums =
        fields().stream()
            .map(f -> builder.aggregateCall(SqlStdOperatorTable.SUM, plan.field(f)).as(f));
    var rates =
        rateFields().stream()
            .map(r -> builder.aggregateCall(SqlStdOperatorTable.MAX, plan.field(r)).as(r));
    builder.aggregate(builder.groupKey(plan.fields(keys())), Stream.concat(sums, rates).toList());
  }

  private void pushStates() {
    List<String> group = keys();
    group.remove(PERIOD);
    List<RexNode> partition = plan.fields(group);
    List<Named> states = new ArrayList<>();
    if (changes.contains(Change.DELTA)) {
      states.add(new Named(STATE, runningSum(Change.DELTA, partition)));
    }
    if (changes.contains(Change.ENTITY_DELTA)) {
      states.add(new Named(ENTITY_STATE, runningSum(Change.ENTITY_DELTA, partition)));
    }
    List<String> kept = keys();
    kept.addAll(fields());
    kept.addAll(rateFields());
    plan.project(kept, states);
    plan.filter(plan.isPositive(plan.field(PERIOD)));
  }

  private RexNode runningSum(Change change, List<RexNode> partition) {
    return plan.runningSum(plan.field(change.field()), partition, plan.field(PERIOD));
  }

  // ---- without states ----

  /** Pushes (dimensions, currency, period, changes, rates) of the periods that have changes. */
  void pushSparse(RelNode summed) {
    plan.push(summed);
    if (!hasCurrency()) {
      plan.filter(plan.isPositive(plan.field(PERIOD)));
      return;
    }
    parts.rates().gatherUnknown();
    List<String> kept = keys();
    kept.addAll(fields());
    parts.rates().push(context);
    plan.relBuilder().join(JoinRelType.INNER, plan.same(CURRENCY), plan.same(PERIOD));
    kept.addAll(rateFields());
    plan.project(kept, List.of());
  }
}
