package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.BaseMetrics.Part;
import io.plumbline.engine.plan.PlanBuilder.Named;
import io.plumbline.engine.plan.StateKey.Window;
import java.time.LocalDate;
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

/** The part of an evaluation that states, movements and retention have. */
final class StateParts {

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final DimensionedRows rows;
  private final DatasetRows datasets;
  private final CurrencyRates rates;
  private final Members members;
  private final Map<StateSource, String> labels = new LinkedHashMap<>();

  StateParts(
      PlanBuilder plan,
      CompiledModel model,
      DimensionedRows rows,
      DatasetRows datasets,
      CurrencyRates rates,
      Members members) {
    this.plan = plan;
    this.model = model;
    this.rows = rows;
    this.datasets = datasets;
    this.rates = rates;
    this.members = members;
  }

  DimensionedRows rows() {
    return rows;
  }

  StintEnds stintEnds() {
    return new StintEnds(plan, datasets, model);
  }

  CurrencyRates rates() {
    return rates;
  }

  /** The dataset with one row for each entity that owns the rows of another. */
  CompiledDataset home(StateSource source) {
    return members.entityDataset(source.dataset());
  }

  Members members() {
    return members;
  }

  /**
   * The values of metrics over states.
   *
   * @param counts which numbers of entities are wanted too
   */
  List<Part> evaluate(
      List<Metric.OfState> metrics, Set<StateMeasure> counts, EvaluationContext context) {
    Map<StateKey, EnumSet<StateMeasure>> measures = new LinkedHashMap<>();
    if (!counts.isEmpty()) {
      add(measures, presence(context), List.copyOf(counts));
    }
    List<Part> parts = new ArrayList<>();
    for (Metric.OfState metric : metrics) {
      if (isExtreme(metric)) {
        parts.add(extreme((Metric.Snapshot) metric, context));
      } else {
        add(measures, key(metric), StateMeasures.of(metric));
      }
    }
    measures.forEach((key, wanted) -> parts.add(part(key, wanted, context)));
    return parts;
  }

  private static void add(
      Map<StateKey, EnumSet<StateMeasure>> measures, StateKey key, List<StateMeasure> more) {
    measures.computeIfAbsent(key, k -> EnumSet.noneOf(StateMeasure.class)).addAll(more);
  }

  private static boolean isExtreme(Metric.OfState metric) {
    return metric instanceof Metric.Snapshot snapshot
        && (snapshot.measure() == Measure.MIN || snapshot.measure() == Measure.MAX);
  }

  private Part extreme(Metric.Snapshot metric, EvaluationContext context) {
    StateSource source = StateSource.of(metric, model);
    RelNode relation = new ExtremeStates(plan, this, source, metric, context).evaluate();
    return new Part(relation, List.of(metric.name()), false, List.of(metric.name()));
  }

  /** The value of a metric over the fields of the parts. */
  RexNode value(Metric.OfState metric, Function<String, RexNode> field) {
    if (isExtreme(metric)) {
      return field.apply(metric.name());
    }
    StateKey key = key(metric);
    List<RexNode> values =
        StateMeasures.of(metric).stream().map(m -> value(key, m, field)).toList();
    return values.size() == 1 ? values.get(0) : plan.ratio(values.get(0), values.get(1));
  }

  /** A number of entities over the fields of the parts; none is 0. */
  RexNode count(StateMeasure count, EvaluationContext context, Function<String, RexNode> field) {
    return plan.orZero(field.apply(presence(context).field(count)));
  }

  /** Nothing is 0; an amount without a rate is not known. */
  private RexNode value(StateKey key, StateMeasure measure, Function<String, RexNode> field) {
    RexNode value = field.apply(key.field(measure));
    return mayBeUnknown(key, measure)
        ? plan.zeroWithout(field.apply(key.mark()), value)
        : plan.orZero(value);
  }

  private static boolean mayBeUnknown(StateKey key, StateMeasure measure) {
    return key.source().currency().isPresent()
        && (measure.isConverted() || measure.isInOwnCurrency());
  }

  private StateKey key(Metric.OfState metric) {
    StateSource source = StateSource.of(metric.state(), model);
    String label = labels.computeIfAbsent(source, s -> metric.state().name());
    return new StateKey(source, label, Window.of(metric));
  }

  /** Whether the table of a context has a state by which entities are present. */
  boolean hasPresence(EvaluationContext context) {
    return firstState(context).isPresent();
  }

  private Optional<StateKey> firstState(EvaluationContext context) {
    return context.base().table().metricNames().stream()
        .map(name -> model.definition().metric(name).orElseThrow())
        .filter(Metric.Snapshot.class::isInstance)
        .map(Metric.Snapshot.class::cast)
        .filter(m -> !isExtreme(m))
        .map(this::key)
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

  private Part part(StateKey key, Set<StateMeasure> measures, EvaluationContext context) {
    if (comparesEdges(key, measures)) {
      CompiledDataset dataset = key.source().dataset();
      new EntityLevel(dataset, members.entityDataset(dataset)).check(context);
    }
    plan.push(relation(key, measures, context));
    List<String> kept = new ArrayList<>(context.dimensionFields());
    kept.add(PERIOD);
    List<Named> values = new ArrayList<>();
    measures.forEach(m -> values.add(new Named(key.field(m), plan.field(m.field()))));
    Optional<String> mark =
        measures.stream().anyMatch(m -> mayBeUnknown(key, m))
            ? Optional.of(key.mark())
            : Optional.empty();
    mark.ifPresent(name -> values.add(new Named(name, plan.number(1))));
    plan.project(kept, values);
    List<String> fields = measures.stream().map(key::field).toList();
    boolean tellsPresence = measures.contains(StateMeasure.PRESENT_ENTITIES);
    boolean dense = !new Conformed(key.source().dataset()).isReadIn(context);
    return new Part(plan.build(), fields, dense, tellsPresence ? List.of() : fields, mark);
  }

  private static boolean comparesEdges(StateKey key, Set<StateMeasure> measures) {
    return key.window() instanceof Window.Trailing
        || measures.stream().flatMap(m -> m.changes().stream()).anyMatch(Change::isMovement);
  }

  private RelNode relation(StateKey key, Set<StateMeasure> measures, EvaluationContext context) {
    if (key.window() instanceof Window.OfDays) {
      return new StateEvaluation(
              plan, this, key.source(), measures, context.withSpine(days(context.spine())))
          .evaluateWithin(context);
    }
    if (key.window() instanceof Window.Trailing trailing) {
      return new TrailingEvaluation(plan, this, key.source(), measures, trailing.months(), context)
          .evaluate();
    }
    return new StateEvaluation(plan, this, key.source(), measures, context).evaluate();
  }

  /** The days of the range. */
  private static Spine days(Spine spine) {
    List<Period> days = new ArrayList<>();
    LocalDate end = spine.end();
    for (LocalDate day = spine.bounds().get(0); day.isBefore(end); day = day.plusDays(1)) {
      days.add(new Period(day, day, day.plusDays(1), true, true));
    }
    return new Spine(Optional.of(Grain.DAY), spine.rules(), spine.zone(), days);
  }

  /** Pushes (dimensions, period): every period and combination of dimensions. */
  void pushCells(CompiledDataset dataset, EvaluationContext context) {
    new PeriodRows(plan, context).pushNumbers();
    if (!context.dimensions().isEmpty()) {
      members.push(dataset, context);
      plan.cross();
    }
  }
}
