package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Evaluates the metrics of one Aggregate over a semantic relation:
 *
 * <pre>
 *   Aggregate(group, AGGREGATE(metric) ...)      Project(group, values)
 *     Project, Filter, Join                =>      Union(one evaluation for each grouping set and filter)
 *       semantic table
 * </pre>
 */
final class AggregateLowering {

  private final PlanBuilder plan;
  private final MetricEvaluation evaluation;
  private final SessionSettings settings;
  private final FirstChange firstChange;
  private final Optional<String> needsStart;
  private final CompiledDataset entities;
  private final Optional<SmallGroups> smallGroups;
  private final Optional<Benchmarks> benchmarks;
  private final Aggregate aggregate;
  private final SemanticRelation input;
  private final List<RexNode> timeFilters = new ArrayList<>();
  private final List<RexNode> entityFilters = new ArrayList<>();
  private final List<MetricCall> calls;
  private final AggregateShape shape;
  private boolean previewsMonth;

  AggregateLowering(
      PlanBuilder plan,
      MetricEvaluation evaluation,
      SessionSettings settings,
      FirstChange firstChange,
      Optional<String> needsStart,
      CompiledDataset entities,
      Optional<SmallGroups> smallGroups,
      Optional<Benchmarks> benchmarks,
      Aggregate aggregate,
      SemanticRelation input) {
    this.plan = plan;
    this.evaluation = evaluation;
    this.settings = settings;
    this.firstChange = firstChange;
    this.needsStart = needsStart;
    this.entities = entities;
    this.smallGroups = smallGroups;
    this.benchmarks = benchmarks;
    this.aggregate = aggregate;
    this.input = input;
    if (input.limit().isPresent()) {
      throw SemanticRelationReader.limited();
    }
    this.calls = new MetricCalls(input, plan.rexBuilder(), settings).read(aggregate);
    this.shape = new AggregateShape(plan, aggregate, input, calls);
    admitCalls();
    input.filters().forEach(this::addFilter);
  }

  private void admitCalls() {
    smallGroups.ifPresent(rule -> rule.admit(aggregate, input, calls));
    benchmarks.ifPresent(rule -> rule.admit(aggregate, input, calls));
    if (benchmarks.isEmpty() && calls.stream().anyMatch(Benchmarks::asks)) {
      throw Benchmarks.refuse();
    }
  }

  /** Evaluates only the last complete month, whatever the time keys say: a preview. */
  AggregateLowering lastCompleteMonth() {
    previewsMonth = true;
    return this;
  }

  /** A relation with the row type of the Aggregate. */
  RelNode lower() {
    List<RelNode> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(lower(set));
    }
    return plan.unionAll(sets).build();
  }

  /** Whether a field of the Aggregate counts entities, which keeps every row that is shown. */
  static boolean countsEntities(
      Aggregate aggregate,
      SemanticRelation input,
      PlanBuilder plan,
      SessionSettings settings,
      int field) {
    int call = field - aggregate.getGroupCount();
    return call >= 0
        && new MetricCalls(input, plan.rexBuilder(), settings).read(aggregate).get(call)
            instanceof MetricCall.Presence presence
        && presence.ofRows();
  }

  // ---- filters ----

  private void addFilter(RexNode filter) {
    if (filter.isAlwaysTrue()) {
      return;
    }
    boolean time = input.base().readsTime(filter);
    if (time
        && (input.base().readsEntities(filter) || !Correlations.outerVariables(filter).isEmpty())) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "a condition that mixes time and dimensions. Connect them with AND, or use aggregate(...)"
              + " filter (where ...)");
    }
    (time ? timeFilters : entityFilters).add(filter);
  }

  // ---- one grouping set ----

  private RelNode lower(ImmutableBitSet set) {
    List<RexNode> time = new ArrayList<>();
    List<RexNode> dimensions = new ArrayList<>();
    for (int field : set) {
      RexNode expression = shape.groupKey(field);
      if (input.base().readsTime(expression)) {
        refuseMixedKey(expression);
        time.add(expression);
      } else {
        dimensions.add(expression);
      }
    }
    if (entityFilters.stream().anyMatch(RexNode::isAlwaysFalse)) {
      return shape.withoutPeriods(set);
    }
    Spine spine = previewsMonth ? lastMonth() : spine(time);
    if (spine.periods().isEmpty()) {
      return shape.withoutPeriods(set);
    }
    EvaluationContext context =
        new EvaluationContext(input.base(), spine, dimensions, entityFilters, settings);
    smallGroups.ifPresent(rule -> rule.admit(context));
    RelNode cells = new SetRows(context).evaluate();
    return shape.of(set, context, cells, time, dimensions);
  }

  private Spine spine(List<RexNode> time) {
    Optional<TimeKeys.Key> key = TimeKeys.grain(time, input.base()::time, settings.calendar());
    return new KeyedPeriods(plan.rexBuilder(), settings, input.base()::time)
        .of(time, key, k -> resolver(k.isEmpty()).resolve(timeFilters, k));
  }

  private RangeResolver resolver() {
    return resolver(false);
  }

  /** One that refuses a range without a start, where that would be the start of the one period. */
  private RangeResolver resolver(boolean onePeriod) {
    FirstChange start =
        onePeriod && needsStart.isPresent()
            ? () -> {
              throw ComparedEdges.withoutStart(needsStart.get());
            }
            : firstChange;
    return new RangeResolver(settings, plan.rexBuilder(), input.base()::time, start);
  }

  private Spine lastMonth() {
    Spine months =
        resolver()
            .resolve(timeFilters, Optional.of(new TimeKeys.Key(Grain.MONTH, settings.calendar())));
    List<Period> complete =
        months.periods().stream().filter(p -> p.asked() && p.complete()).toList();
    return new Spine(
        months.grain(),
        months.rules(),
        months.zone(),
        complete.isEmpty() ? List.of() : List.of(complete.get(complete.size() - 1)));
  }

  private void refuseMixedKey(RexNode expression) {
    if (input.base().readsEntities(expression)) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "a group key that mixes time and dimensions. Group by each of them");
    }
  }

  // ---- cells ----

  /** The values of all calls at the periods and dimensions of one grouping set. */
  private final class SetRows {
    private final EvaluationContext context;
    private final List<String> key;

    SetRows(EvaluationContext context) {
      this.context = context;
      this.key = new ArrayList<>(context.dimensionFields());
      this.key.add(PERIOD);
    }

    /** Rows (dimensions, period, v0..vn for the calls that are evaluated). */
    RelNode evaluate() {
      Map<String, MetricInContext> asked = new LinkedHashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i) instanceof MetricCall.Evaluated evaluated
            && !Benchmarks.asks(calls.get(i))) {
          asked.put("v" + i, evaluated.asked());
        }
      }
      List<RelNode> parts = new ArrayList<>();
      parts.add(evaluated(asked));
      ordinaryCalls().ifPresent(parts::add);
      plan.unionAll(parts);
      if (parts.size() > 1) {
        plan.onlyValues(key, valueFields());
      }
      RelNode own = plan.build();
      return benchmarks.map(rule -> rule.beside(own, calls, context, entities)).orElse(own);
    }

    private List<String> valueFields() {
      return IntStream.range(0, calls.size()).mapToObj(i -> "v" + i).toList();
    }

    private RelNode evaluated(Map<String, MetricInContext> asked) {
      List<String> own = List.copyOf(asked.keySet());
      plan.push(
          smallGroups
              .map(rule -> rule.evaluate(evaluation, asked, context, entities))
              .orElseGet(() -> evaluation.evaluate(asked, context, entities)));
      List<Named> values = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        values.add(new Named("v" + i, value(i, own)));
      }
      plan.project(key, values);
      return plan.build();
    }

    private RexNode value(int call, List<String> evaluated) {
      if (evaluated.contains("v" + call)) {
        return plan.field("v" + call);
      }
      return calls.get(call) instanceof MetricCall.Suppressed
          ? smallGroups.map(SmallGroups::isHidden).orElse(plan.rexBuilder().makeLiteral(false))
          : plan.nullOf(typeOf(call));
    }

    private RelDataType typeOf(int call) {
      return aggregate.getAggCallList().get(call).getType();
    }

    /**
     * Aggregates of dimensions and time columns, over the cells that the query would see row by
     * row.
     */
    private Optional<RelNode> ordinaryCalls() {
      List<Integer> ordinary = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i) instanceof MetricCall.Ordinary) {
          ordinary.add(i);
        }
      }
      if (ordinary.isEmpty()) {
        return Optional.empty();
      }
      OrdinaryCalls lowering =
          new OrdinaryCalls(
              plan,
              evaluation,
              entities,
              aggregate,
              calls,
              context,
              grain -> resolver().resolve(timeFilters, grain));
      return Optional.of(lowering.lower(ordinary, key));
    }
  }
}
