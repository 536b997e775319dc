package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * Evaluates metrics that are not computed from others, in one context: those of one dataset and
 * kind together.
 */
final class BaseMetrics {

  /** The metric-like number of entities with something in a cell: what {@code count(*)} means. */
  static final String PRESENCE = "entities present";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final DimensionedRows rows;
  private final CurrencyRates rates;
  private final Members members;
  private final EventMeasures eventMeasures;

  BaseMetrics(
      PlanBuilder plan,
      CompiledModel model,
      DimensionedRows rows,
      CurrencyRates rates,
      Members members) {
    this.plan = plan;
    this.model = model;
    this.rows = rows;
    this.rates = rates;
    this.members = members;
    this.eventMeasures = new EventMeasures(plan, model);
  }

  /**
   * Some metrics' values at the periods and dimensions of a context.
   *
   * @param relation the context's dimensions, the period, the fields
   * @param dense whether there is a row for every period and combination of dimensions
   */
  record Part(RelNode relation, List<String> fields, boolean dense) {}

  /**
   * The metrics' values.
   *
   * @param names of metrics, or {@link #PRESENCE}
   */
  List<Part> evaluate(Set<String> names, EvaluationContext context) {
    Map<StateKey, EnumSet<StateMeasure>> states = new LinkedHashMap<>();
    Map<EventSource, List<EventMeasure>> events = new LinkedHashMap<>();
    for (String name : names) {
      if (name.equals(PRESENCE)) {
        states
            .computeIfAbsent(presence(context), k -> EnumSet.noneOf(StateMeasure.class))
            .add(StateMeasure.PRESENT_ENTITIES);
      } else if (metric(name) instanceof Metric.Snapshot snapshot) {
        states
            .computeIfAbsent(StateKey.of(snapshot), k -> EnumSet.noneOf(StateMeasure.class))
            .add(measure(snapshot));
      } else {
        eventMeasures
            .of(metric(name), context.settings())
            .forEach(
                (source, measures) ->
                    events.computeIfAbsent(source, s -> new ArrayList<>()).addAll(measures));
      }
    }
    List<Part> parts = new ArrayList<>();
    states.forEach((key, measures) -> parts.add(state(key, measures, context)));
    events.forEach((source, measures) -> parts.add(event(source, measures, context)));
    return parts;
  }

  /**
   * The value of a metric over the fields of the parts; amounts and counts are 0 where nothing is.
   *
   * @param field finds a field of a part
   */
  RexNode value(String name, Function<String, RexNode> field) {
    if (name.equals(PRESENCE)) {
      return plan.orZero(field.apply(StateMeasure.PRESENT_ENTITIES.field()));
    }
    Metric metric = metric(name);
    if (metric instanceof Metric.Snapshot snapshot) {
      return field.apply(StateKey.of(snapshot).field(measure(snapshot)));
    }
    if (metric instanceof Metric.Conversion conversion) {
      return plan.ratio(
          plan.orZero(field.apply(EventMeasures.numerator(conversion))),
          plan.orZero(field.apply(EventMeasures.denominator(conversion))));
    }
    RexNode value = field.apply(name);
    if (metric instanceof Metric.Simple simple && eventMeasures.isMoney(simple)) {
      RexNode withoutRate = plan.orZero(field.apply(EventMeasure.withoutRate(name)));
      RexNode known = countsFromZero(metric) ? plan.orZero(value) : value;
      return plan.choose(plan.isPositive(withoutRate), plan.nullOf(value.getType()), known);
    }
    return countsFromZero(metric) ? plan.orZero(value) : value;
  }

  /** Sums and counts of nothing are 0; there is no largest, smallest or average of nothing. */
  private static boolean countsFromZero(Metric metric) {
    boolean adds =
        !(metric instanceof Metric.Simple simple)
            || switch (simple.aggregation()) {
              case SUM, COUNT, COUNT_DISTINCT -> true;
              case MIN, MAX, AVERAGE -> false;
            };
    Unit unit = metric.info().unit();
    return adds && (unit == Unit.COUNT || unit == Unit.CURRENCY);
  }

  private Metric metric(String name) {
    return model.definition().metric(name).orElseThrow();
  }

  private record StateKey(String dataset, String column) {
    static StateKey of(Metric.Snapshot snapshot) {
      return new StateKey(snapshot.dataset(), snapshot.column());
    }

    String field(StateMeasure measure) {
      return measure == StateMeasure.PRESENT_ENTITIES
          ? measure.field()
          : dataset + "." + column + "." + measure.field();
    }
  }

  /** Whether the table of a context has a state by which entities are present. */
  boolean hasPresence(EvaluationContext context) {
    return firstState(context).isPresent();
  }

  private Optional<StateKey> firstState(EvaluationContext context) {
    return context.base().table().definition().metrics().stream()
        .map(this::metric)
        .filter(Metric.Snapshot.class::isInstance)
        .map(m -> StateKey.of((Metric.Snapshot) m))
        .findFirst();
  }

  /** Entities are present by the first state that the table has a metric of. */
  private StateKey presence(EvaluationContext context) {
    return firstState(context)
        .orElseThrow(
            () ->
                new Refusal(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "metrics."
                        + context.base().table().definition().name()
                        + " has no state by which entities could be counted"));
  }

  private static StateMeasure measure(Metric.Snapshot snapshot) {
    boolean closing = snapshot.edge() == Metric.Snapshot.Edge.CLOSING;
    return switch (snapshot.measure()) {
      case AMOUNT -> closing ? StateMeasure.CLOSING_AMOUNT : StateMeasure.OPENING_AMOUNT;
      case ENTITIES -> closing ? StateMeasure.CLOSING_ENTITIES : StateMeasure.OPENING_ENTITIES;
    };
  }

  private Part state(StateKey key, EnumSet<StateMeasure> measures, EvaluationContext context) {
    RelNode relation =
        new StateEvaluation(
                plan,
                rows,
                rates,
                members,
                model.dataset(key.dataset()),
                key.column(),
                measures,
                context)
            .evaluate();
    plan.push(relation);
    List<String> kept = new ArrayList<>(context.dimensionFields());
    kept.add(PERIOD);
    plan.project(
        kept, measures.stream().map(m -> new Named(key.field(m), plan.field(m.field()))).toList());
    return new Part(
        plan.build(),
        measures.stream().map(key::field).toList(),
        !new Conformed(model.dataset(key.dataset())).isReadIn(context));
  }

  private Part event(EventSource source, List<EventMeasure> measures, EvaluationContext context) {
    RelNode relation =
        new EventEvaluation(
                plan,
                rows,
                rates,
                model.dataset(source.dataset()),
                source.time(),
                measures,
                context)
            .evaluate();
    return new Part(relation, measures.stream().flatMap(m -> m.fields().stream()).toList(), false);
  }
}
