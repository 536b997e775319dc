package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Evaluates retention over a window of months that ends with the period, in delta form: what is
 * kept of an entity changes only where its state changes, now or at the start of the window.
 */
final class TrailingEvaluation {

  private static final String WITHOUT_RATE = "_without_rate";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final Set<StateMeasure> measures;
  private final List<LocalDate> past;
  private final EvaluationContext context;
  private final Set<Trailing> wanted = EnumSet.noneOf(Trailing.class);

  TrailingEvaluation(
      PlanBuilder plan,
      StateParts parts,
      StateSource source,
      Set<StateMeasure> measures,
      int months,
      EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.measures = measures;
    this.past = context.spine().bounds().stream().map(day -> day.minusMonths(months)).toList();
    this.context = context;
    measures.forEach(measure -> wanted.addAll(Trailing.of(measure)));
  }

  /** Rows (dimensions, period, measures), one for every period and combination of dimensions. */
  RelNode evaluate() {
    TrailingWindows windows = new TrailingWindows(source, wanted, past);
    RelNode summed =
        readsHistory()
            ? new HistoricalTrailing(plan, parts, windows, context).summed()
            : new TrailingChanges(plan, parts, windows, context).summed();
    plan.unionAll(List.of(zeros(), known(summed)));
    regroup();
    pushValues();
    return pushMeasures();
  }

  private List<String> keys() {
    return DenseStates.keys(context, source);
  }

  private boolean hasCurrency() {
    return source.currency().isPresent();
  }

  private boolean readsHistory() {
    return DimensionedRows.readsHistory(context);
  }

  private List<String> fields() {
    return wanted.stream().flatMap(t -> Stream.of(t.change(), t.value())).toList();
  }

  // ---- dense ----

  private RelNode zeros() {
    if (hasCurrency()) {
      parts.rates().push(past, context);
    } else {
      new PeriodRows(plan, context).pushNumbers();
    }
    if (!context.dimensions().isEmpty()) {
      parts
          .members()
          .push(
              source.dataset(),
              readsHistory() ? HistoricalPieces.since(past.get(0), context) : context);
      plan.cross();
    }
    List<Named> all =
        new ArrayList<>(fields().stream().map(f -> new Named(f, plan.number(0))).toList());
    if (hasCurrency()) {
      all.add(new Named(CLOSING_RATE, plan.field(CLOSING_RATE)));
    }
    plan.project(keys(), all);
    return plan.build();
  }

  private RelNode known(RelNode summed) {
    plan.push(summed);
    List<String> own = summed.getRowType().getFieldNames();
    if (hasCurrency()) {
      parts.rates().gatherUnknown();
    }
    List<Named> all = new ArrayList<>();
    for (String f : fields()) {
      all.add(new Named(f, own.contains(f) ? plan.field(f) : plan.number(0)));
    }
    if (hasCurrency()) {
      all.add(new Named(CLOSING_RATE, plan.nullOf(plan.numeric())));
    }
    plan.project(keys(), all);
    return plan.build();
  }

  private void regroup() {
    RelBuilder builder = plan.relBuilder();
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    for (String field : fields()) {
      calls.add(builder.aggregateCall(SqlStdOperatorTable.SUM, plan.field(field)).as(field));
    }
    if (hasCurrency()) {
      calls.add(
          builder
              .aggregateCall(SqlStdOperatorTable.MAX, plan.field(CLOSING_RATE))
              .as(CLOSING_RATE));
    }
    builder.aggregate(builder.groupKey(plan.fields(keys())), calls);
  }

  // ---- values ----

  private void pushValues() {
    List<String> group = keys();
    group.remove(PERIOD);
    List<RexNode> partition = plan.fields(group);
    List<Named> values = new ArrayList<>();
    for (Trailing t : wanted) {
      RexNode summedUp = plan.runningSum(plan.field(t.change()), partition, plan.field(PERIOD));
      values.add(new Named(t.name(), plan.plus(summedUp, plan.field(t.value()))));
    }
    if (hasCurrency()) {
      values.add(new Named(CLOSING_RATE, plan.field(CLOSING_RATE)));
    }
    plan.project(keys(), values);
    plan.filter(plan.isPositive(plan.field(PERIOD)));
  }

  private RelNode pushMeasures() {
    List<String> key = keys();
    key.remove(CURRENCY);
    List<Named> values = new ArrayList<>();
    for (StateMeasure measure : measures) {
      RexNode value = value(measure);
      boolean converted = hasCurrency() && measure.isConverted();
      values.add(
          new Named(
              measure.field(), converted ? plan.times(value, plan.field(CLOSING_RATE)) : value));
      if (converted) {
        values.add(new Named(measure.field() + WITHOUT_RATE, plan.one(rateIsMissing(value))));
      }
    }
    plan.project(key, values);
    if (hasCurrency()) {
      plan.sums(key, values.stream().map(Named::name).toList());
      plan.project(key, measures.stream().map(this::knownValue).toList());
    }
    return plan.build();
  }

  private RexNode value(StateMeasure measure) {
    return Trailing.of(measure).stream()
        .map(t -> plan.field(t.name()))
        .reduce(plan::minus)
        .orElseThrow();
  }

  private RexNode rateIsMissing(RexNode value) {
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.IS_NULL, plan.field(CLOSING_RATE)),
        plan.call(SqlStdOperatorTable.NOT_EQUALS, value, plan.number(0)));
  }

  private Named knownValue(StateMeasure measure) {
    RexNode value = plan.field(measure.field());
    if (!measure.isConverted()) {
      return new Named(measure.field(), value);
    }
    RexNode missing = plan.isPositive(plan.field(measure.field() + WITHOUT_RATE));
    return new Named(
        measure.field(), plan.choose(missing, plan.nullOf(value.getType()), plan.orZero(value)));
  }
}
