package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import io.plumbline.engine.catalog.CompiledDataset;
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
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * Evaluates metrics that are not computed from others, in one context: those of one dataset and
 * kind together.
 */
final class BaseMetrics {

  /** The metric-like number of entities with something in a cell: what {@code count(*)} means. */
  static final String PRESENCE = "entities present";

  /** The metric-like number of entities with something at the start of a cell's period. */
  static final String OPENING = "entities at the start";

  /** The metric-like number of entities with something at the end of a cell's period. */
  static final String CLOSING = "entities at the end";

  private static final Map<String, StateMeasure> COUNTS =
      Map.of(
          PRESENCE,
          StateMeasure.PRESENT_ENTITIES,
          OPENING,
          StateMeasure.OPENING_ENTITIES,
          CLOSING,
          StateMeasure.CLOSING_ENTITIES);

  private static final String CLASS_MARK = "by class";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final DimensionedRows rows;
  private final CurrencyRates rates;
  private final StateParts states;
  private final EntityRows entities;
  private final Members members;
  private final EventMeasures eventMeasures;

  BaseMetrics(
      PlanBuilder plan,
      CompiledModel model,
      DimensionedRows rows,
      CurrencyRates rates,
      StateParts states,
      Members members,
      EntityRows entities) {
    this.plan = plan;
    this.model = model;
    this.rows = rows;
    this.rates = rates;
    this.states = states;
    this.entities = entities;
    this.members = members;
    this.eventMeasures = new EventMeasures(plan, model);
  }

  /**
   * Some metrics' values at the periods and dimensions of a context.
   *
   * @param relation the context's dimensions, the period, the fields
   * @param dense whether there is a row for every period and combination of dimensions
   * @param signs fields that tell of something in a cell by not being 0
   * @param mark a field that is 1 in every row, where a field may be null because it is not known:
   *     in a cell without a row it is 0
   */
  record Part(
      RelNode relation,
      List<String> fields,
      boolean dense,
      List<String> signs,
      Optional<String> mark) {

    Part(RelNode relation, List<String> fields, boolean dense, List<String> signs) {
      this(relation, fields, dense, signs, Optional.empty());
    }

    /** The fields, and the mark if there is one. */
    List<String> all() {
      return Stream.concat(fields.stream(), mark.stream()).toList();
    }
  }

  /**
   * The metrics' values.
   *
   * @param names of metrics, or of what counts entities
   */
  List<Part> evaluate(Set<String> names, EvaluationContext context) {
    if (context.readsClass()) {
      return names.isEmpty() ? List.of() : List.of(classes(names, context));
    }
    List<Metric.OfState> ofStates = new ArrayList<>();
    Map<EventSource, List<EventMeasure>> events = new LinkedHashMap<>();
    List<Metric.Bands> bands = new ArrayList<>();
    Set<StateMeasure> counts = EnumSet.noneOf(StateMeasure.class);
    for (String name : names) {
      StateMeasure count = COUNTS.get(name);
      if (count != null) {
        counts.add(count);
        continue;
      }
      if (metric(name) instanceof Metric.OfState ofState) {
        ofStates.add(ofState);
      } else if (metric(name) instanceof Metric.Bands banded) {
        bands.add(banded);
      } else {
        eventMeasures
            .of(metric(name), context.settings())
            .forEach(
                (source, measures) ->
                    events.computeIfAbsent(source, s -> new ArrayList<>()).addAll(measures));
      }
    }
    List<Part> parts = new ArrayList<>(states.evaluate(ofStates, counts, context));
    parts.addAll(cumulative(names, context));
    events.forEach((source, measures) -> parts.add(event(source, measures, context)));
    if (!bands.isEmpty()) {
      parts.add(bands(bands, context));
    }
    return parts;
  }

  /**
   * The value of a metric over the fields of the parts; amounts and counts are 0 where nothing is.
   *
   * @param context any of those of the query
   * @param field finds a field of a part
   */
  RexNode value(String name, EvaluationContext context, Function<String, RexNode> field) {
    StateMeasure count = COUNTS.get(name);
    if (count != null) {
      return states.count(count, context, field);
    }
    Metric metric = metric(name);
    if (metric instanceof Metric.OfState ofState) {
      return states.value(ofState, field);
    }
    if (metric instanceof Metric.Conversion conversion) {
      return plan.ratio(
          plan.orZero(field.apply(EventMeasures.numerator(conversion))),
          plan.orZero(field.apply(EventMeasures.denominator(conversion))));
    }
    RexNode value = field.apply(name);
    if (eventMeasures.isMoney(metric)) {
      RexNode withoutRate = plan.orZero(field.apply(EventMeasure.withoutRate(name)));
      RexNode known = countsFromZero(metric) ? plan.orZero(value) : value;
      return plan.choose(plan.isPositive(withoutRate), plan.nullOf(value.getType()), known);
    }
    return countsFromZero(metric) ? plan.orZero(value) : value;
  }

  /** Sums and counts of nothing are 0; there is no largest, smallest or average of nothing. */
  private static boolean countsFromZero(Metric metric) {
    boolean adds =
        switch (aggregation(metric)) {
          case SUM, COUNT, COUNT_DISTINCT -> true;
          case MIN, MAX, AVERAGE -> false;
        };
    Unit unit = metric.info().unit();
    return adds && (unit == Unit.COUNT || unit == Unit.CURRENCY);
  }

  private static Metric.Aggregation aggregation(Metric metric) {
    if (metric instanceof Metric.Simple simple) {
      return simple.aggregation();
    }
    return metric instanceof Metric.Cumulative cumulative
        ? cumulative.aggregation()
        : Metric.Aggregation.SUM;
  }

  /** The dataset of the rows that happen behind a metric; nothing for other kinds. */
  Optional<CompiledDataset> events(String name) {
    return countsEntities(name)
        ? Optional.empty()
        : eventMeasures.datasetOf(metric(name)).map(model::dataset);
  }

  /** Whether a name is not that of a metric, but of a number of entities. */
  static boolean countsEntities(String name) {
    return COUNTS.containsKey(name);
  }

  private Metric metric(String name) {
    return model.definition().metric(name).orElseThrow();
  }

  /** Whether the table of a context has a state by which entities are present. */
  boolean hasPresence(EvaluationContext context) {
    return states.hasPresence(context);
  }

  private Part classes(Set<String> names, EvaluationContext context) {
    plan.push(new ClassEvaluation(plan, model, entities, context).evaluate(names));
    List<String> kept = new ArrayList<>(context.dimensionFields());
    kept.add(PERIOD);
    List<Named> values =
        new ArrayList<>(
            names.stream().map(name -> new Named(classField(name), plan.field(name))).toList());
    values.add(new Named(CLASS_MARK, plan.number(1)));
    plan.project(kept, values);
    List<String> fields = names.stream().map(BaseMetrics::classField).toList();
    return new Part(plan.build(), fields, false, fields, Optional.of(CLASS_MARK));
  }

  private static String classField(String name) {
    return name.equals(PRESENCE) ? StateMeasure.PRESENT_ENTITIES.field() : name;
  }

  /** The value of a metric that was evaluated by classes of entities. */
  RexNode classValue(String name, Function<String, RexNode> field) {
    RexNode value = field.apply(classField(name));
    if (name.equals(PRESENCE)) {
      return plan.orZero(value);
    }
    return countsFromZero(metric(name)) ? plan.zeroWithout(field.apply(CLASS_MARK), value) : value;
  }

  private Part bands(List<Metric.Bands> bands, EvaluationContext context) {
    List<String> fields = bands.stream().map(Metric::name).toList();
    return new Part(
        new BandsEvaluation(plan, model, entities, context).evaluate(bands), fields, false, fields);
  }

  private List<Part> cumulative(Set<String> names, EvaluationContext context) {
    List<Part> parts = new ArrayList<>();
    for (String name : names) {
      if (!countsEntities(name) && metric(name) instanceof Metric.Cumulative cumulative) {
        EventMeasure measure = eventMeasures.cumulative(cumulative);
        RelNode relation =
            new DailyAverages(plan)
                .of(cumulative, context, c -> cumulative(cumulative, measure, c));
        parts.add(new Part(relation, measure.fields(), true, measure.fields()));
      }
    }
    return parts;
  }

  private RelNode cumulative(
      Metric.Cumulative metric, EventMeasure measure, EvaluationContext context) {
    CompiledDataset dataset = model.dataset(metric.dataset());
    return new CumulativeEvaluation(
            plan,
            eventRows(
                new EventSource(metric.dataset(), dataset.definition().time().orElseThrow()),
                List.of(measure),
                context),
            members,
            dataset,
            measure,
            WindowBounds.of(metric, context.spine()),
            context)
        .evaluate();
  }

  private EventRows eventRows(
      EventSource source, List<EventMeasure> measures, EvaluationContext context) {
    return new EventRows(
        plan, rows, rates, model.dataset(source.dataset()), source.time(), measures, context);
  }

  private Part event(EventSource source, List<EventMeasure> measures, EvaluationContext context) {
    RelNode relation =
        new EventEvaluation(plan, eventRows(source, measures, context), measures, context)
            .evaluate();
    List<String> fields = measures.stream().flatMap(m -> m.fields().stream()).toList();
    return new Part(relation, fields, false, fields);
  }
}
