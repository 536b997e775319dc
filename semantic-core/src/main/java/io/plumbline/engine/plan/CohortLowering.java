package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.PlanBuilder.Named;
import io.plumbline.engine.plan.SemanticRelation.Output;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Evaluates the metrics of one Aggregate over a table of cohorts. A cohort counts in a group with
 * the last of its months there, so that months are never added up.
 */
final class CohortLowering {

  private final PlanBuilder plan;
  private final MetricEvaluation evaluation;
  private final SessionSettings settings;
  private final FirstChange firstChange;
  private final Aggregate aggregate;
  private final SemanticRelation input;
  private final List<MetricCall> calls;

  CohortLowering(
      PlanBuilder plan,
      MetricEvaluation evaluation,
      SessionSettings settings,
      FirstChange firstChange,
      Aggregate aggregate,
      SemanticRelation input) {
    this.plan = plan;
    this.evaluation = evaluation;
    this.settings = settings;
    this.firstChange = firstChange;
    this.aggregate = aggregate;
    this.input = input;
    this.calls = new MetricCalls(input, plan.rexBuilder(), settings).read(aggregate);
  }

  /** Whether the rows of a relation have cohorts instead of time. */
  static boolean isOfCohorts(SemanticRelation input) {
    return input.base().cohort(0).isPresent();
  }

  /** A relation with the row type of the Aggregate. */
  RelNode lower() {
    if (input.limit().isPresent()) {
      throw SemanticRelationReader.limited();
    }
    List<RelNode> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(lower(set));
    }
    return plan.unionAll(sets).build();
  }

  private RelNode lower(ImmutableBitSet set) {
    Map<Optional<RexNode>, List<Integer>> byFilter = new LinkedHashMap<>();
    byFilter.put(Optional.empty(), new ArrayList<>());
    List<Integer> ordinary = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      MetricCall call = calls.get(i);
      if (call instanceof MetricCall.Evaluated evaluated) {
        refuseChanges(evaluated);
        byFilter.computeIfAbsent(evaluated.filter(), f -> new ArrayList<>()).add(i);
      } else if (call instanceof MetricCall.Ordinary) {
        ordinary.add(i);
      }
    }
    boolean othersTell = byFilter.size() > 1 || !ordinary.isEmpty();
    if (set.isEmpty() && othersTell) {
      // Without keys there is one group, which needs no part that says so.
      byFilter.remove(Optional.<RexNode>empty(), List.of());
    }
    List<RelNode> parts = new ArrayList<>();
    byFilter.forEach((filter, own) -> parts.add(part(set, filter, own)));
    if (!ordinary.isEmpty()) {
      parts.add(ordinary(set, ordinary));
    }
    plan.unionAll(parts);
    if (parts.size() > 1) {
      plan.onlyValues(keyFields(set), valueFields());
    }
    return shaped(set);
  }

  private static void refuseChanges(MetricCall.Evaluated call) {
    if (call instanceof MetricCall.OfMetric metric && !metric.changes().isEmpty()) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          "the time of a cohort is its age, so that at (...) has no meaning here. Compare the"
              + " results of two queries, or use aggregate("
              + metric.metric().name()
              + ") filter (where ...) for other members");
    }
  }

  private static List<String> keyFields(ImmutableBitSet set) {
    return set.toList().stream().map(i -> "k" + i).toList();
  }

  private List<String> valueFields() {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      fields.add("v" + i);
    }
    return fields;
  }

  // ---- the groups of one filter ----

  /** (k of the set, v of all calls): the values of some calls. */
  private RelNode part(ImmutableBitSet set, Optional<RexNode> filter, List<Integer> own) {
    List<RexNode> filters = new ArrayList<>(input.filters());
    filter.ifPresent(filters::add);
    new Cells(filters, set, List.of()).push();
    return values(set, i -> own.contains(i) ? Optional.of(value(calls.get(i))) : Optional.empty());
  }

  private RelNode values(ImmutableBitSet set, IntFunction<Optional<RexNode>> own) {
    List<Named> values = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      RelDataType type = aggregate.getAggCallList().get(i).getType();
      values.add(new Named("v" + i, own.apply(i).orElseGet(() -> plan.nullOf(type))));
    }
    plan.project(keyFields(set), values);
    return plan.build();
  }

  /** (k of the set, v of all calls): minima, maxima and distinct values of columns. */
  private RelNode ordinary(ImmutableBitSet set, List<Integer> own) {
    new Cells(input.filters(), set, own.stream().map(this::argument).toList()).pushArguments();
    RelBuilder builder = plan.relBuilder();
    List<RelBuilder.AggCall> aggregates = new ArrayList<>();
    for (int i : own) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      aggregates.add(
          builder
              .aggregateCall(call.getAggregation(), plan.field("a" + own.indexOf(i)))
              .distinct(call.isDistinct())
              .as("v" + i));
    }
    builder.aggregate(builder.groupKey(plan.fields(keyFields(set))), aggregates);
    return values(set, i -> own.contains(i) ? Optional.of(plan.field("v" + i)) : Optional.empty());
  }

  private RexNode argument(int position) {
    AggregateCall call = aggregate.getAggCallList().get(position);
    SqlKind kind = call.getAggregation().getKind();
    boolean counts = kind == SqlKind.COUNT && call.isDistinct() && call.getArgList().size() == 1;
    if (kind != SqlKind.MIN && kind != SqlKind.MAX && !counts) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          "of a column of cohorts there are min, max and count(distinct ...); count(*) is the number"
              + " of members. Aggregate the result of a grouped subquery");
    }
    return ((MetricCall.Ordinary) calls.get(position)).arguments().get(0);
  }

  private static RexNode value(PlanBuilder plan, Metric.Cohort metric) {
    RexNode amount = known(plan, plan.field(CohortEvaluation.AMOUNT));
    return switch (metric.measure()) {
      case SIZE -> plan.field(CohortEvaluation.SIZE);
      case ENTITIES -> plan.field(CohortEvaluation.ENTITIES);
      case AMOUNT -> amount;
      case RETENTION ->
          plan.ratio(plan.field(CohortEvaluation.ENTITIES), plan.field(CohortEvaluation.SIZE));
      case AMOUNT_RETENTION -> plan.ratio(amount, plan.field(CohortEvaluation.FIRST_AMOUNT));
    };
  }

  /** Whoever is counted is a member, whether or not a state is left. */
  private RexNode value(MetricCall call) {
    return call instanceof MetricCall.OfMetric metric
        ? value(plan, (Metric.Cohort) metric.metric().metric())
        : plan.field(CohortEvaluation.SIZE);
  }

  /** An amount without a rate is not known. */
  private static RexNode known(PlanBuilder plan, RexNode amount) {
    RexNode missing = plan.isPositive(plan.orZero(plan.field(CohortEvaluation.UNKNOWN)));
    return plan.choose(missing, plan.nullOf(amount.getType()), amount);
  }

  private RexNode groupKey(int field) {
    if (input.outputs().get(field) instanceof Output.Plain plain) {
      return plain.expression();
    }
    throw new Refusal(
        SqlState.GROUPING_ERROR,
        "can't group by a metric, which is evaluated by groups. Group by dimensions");
  }

  private RelNode shaped(ImmutableBitSet set) {
    List<RexNode> fields = new ArrayList<>();
    List<RelDataType> types =
        aggregate.getRowType().getFieldList().stream().map(f -> f.getType()).toList();
    for (int field : aggregate.getGroupSet()) {
      RelDataType type = types.get(fields.size());
      fields.add(set.get(field) ? cast(plan.field("k" + field), type) : plan.nullOf(type));
    }
    for (int i = 0; i < calls.size(); i++) {
      fields.add(cast(shown(i, set), types.get(fields.size())));
    }
    plan.relBuilder().project(fields, aggregate.getRowType().getFieldNames(), true);
    return plan.build();
  }

  private RexNode shown(int position, ImmutableBitSet set) {
    if (calls.get(position) instanceof MetricCall.Grouping grouping) {
      return plan.number(grouping.value(set));
    }
    RexNode value = plan.field("v" + position);
    if (calls.get(position) instanceof MetricCall.OfMetric) {
      return plan.trimmed(value);
    }
    return counts(position) ? plan.orZero(value) : value;
  }

  private boolean counts(int position) {
    return calls.get(position) instanceof MetricCall.Presence
        || aggregate.getAggCallList().get(position).getAggregation().getKind() == SqlKind.COUNT;
  }

  private RexNode cast(RexNode value, RelDataType type) {
    return value.getType().equals(type)
        ? value
        : plan.rexBuilder().makeAbstractCast(type, value, false);
  }

  // ---- cells ----

  /** Months of cohorts, by the dimensions that keys read. */
  private final class Cells {
    private final ImmutableBitSet set;
    private final List<RexNode> arguments;
    private final List<Integer> dimensions = new ArrayList<>();
    private final List<RexNode> entityFilters = new ArrayList<>();
    private final List<RexNode> cohortFilters = new ArrayList<>();

    Cells(List<RexNode> filters, ImmutableBitSet set, List<RexNode> arguments) {
      this.set = set;
      this.arguments = arguments;
      filters.forEach(this::addFilter);
      Set<Integer> read = new LinkedHashSet<>();
      set.forEach(key -> read.addAll(RelOptUtil.InputFinder.bits(groupKey(key)).toList()));
      arguments.forEach(a -> read.addAll(RelOptUtil.InputFinder.bits(a).toList()));
      read.stream().filter(i -> input.base().cohort(i).isEmpty()).forEach(dimensions::add);
    }

    private void addFilter(RexNode filter) {
      List<Integer> fields = Correlations.fields(filter).toList();
      boolean cohort = fields.stream().anyMatch(i -> input.base().cohort(i).isPresent());
      if (cohort && fields.stream().anyMatch(i -> input.base().cohort(i).isEmpty())) {
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "a condition that mixes cohorts and dimensions. Connect them with AND, or use"
                + " aggregate(...) filter (where ...)");
      }
      (cohort ? cohortFilters : entityFilters).add(filter);
    }

    /** Pushes (k of the set, a of the arguments): of every month of a cohort. */
    void pushArguments() {
      EvaluationContext context = pushMonths();
      List<Named> fields = keys(context);
      for (int a = 0; a < arguments.size(); a++) {
        fields.add(new Named("a" + a, over(arguments.get(a), context)));
      }
      plan.project(List.of(), fields);
    }

    /** Pushes (k of the set, sums over cohorts of their last months). */
    void push() {
      pushLastMonths(pushMonths());
      plan.sums(
          keyFields(set),
          List.of(
              CohortEvaluation.SIZE,
              CohortEvaluation.ENTITIES,
              CohortEvaluation.AMOUNT,
              CohortEvaluation.FIRST_AMOUNT,
              CohortEvaluation.UNKNOWN));
    }

    private EvaluationContext pushMonths() {
      Metric.Cohort metric = (Metric.Cohort) cohortMetric();
      Spine months = months();
      if (months.periods().isEmpty()) {
        months = new Spine(months.grain(), months.rules(), months.zone(), List.of(asOfMonth()));
      }
      EvaluationContext context =
          new EvaluationContext(
              input.base(), months, dimensionExpressions(), entityFilters, settings);
      evaluation.pushCohorts(metric, context);
      cohortFilters.forEach(filter -> plan.filter(over(filter, context)));
      return context;
    }

    private List<Named> keys(EvaluationContext context) {
      List<Named> keys = new ArrayList<>();
      for (int key : set) {
        keys.add(new Named("k" + key, over(groupKey(key), context)));
      }
      return keys;
    }

    private void pushLastMonths(EvaluationContext context) {
      List<String> fields = plan.relBuilder().peek().getRowType().getFieldNames();
      plan.project(List.copyOf(fields), keys(context));
      List<String> cohort = new ArrayList<>(keyFields(set));
      cohort.addAll(context.dimensionFields());
      cohort.add(CohortColumn.COHORT_MONTH.columnName());
      RexNode age = plan.field(CohortColumn.MONTHS_SINCE.columnName());
      List<String> kept = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
      plan.project(
          kept, List.of(new Named("last_month", plan.maxWithin(age, plan.fields(cohort)))));
      plan.filter(
          plan.call(
              SqlStdOperatorTable.EQUALS,
              plan.field(CohortColumn.MONTHS_SINCE.columnName()),
              plan.field("last_month")));
    }

    private List<RexNode> dimensionExpressions() {
      return dimensions.stream()
          .<RexNode>map(
              i -> plan.rexBuilder().makeInputRef(input.base().table().columns().get(i).type(), i))
          .toList();
    }

    /** An expression over the base row, over the cells. */
    private RexNode over(RexNode expression, EvaluationContext context) {
      return expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return input
                  .base()
                  .cohort(ref.getIndex())
                  .map(column -> plan.field(column.columnName()))
                  .orElseGet(
                      () ->
                          plan.field(
                              context.dimensionFields().get(dimensions.indexOf(ref.getIndex()))));
            }
          });
    }
  }

  private Metric cohortMetric() {
    return input.base().table().columns().stream()
        .filter(c -> c instanceof SemanticColumn.Metrical)
        .map(c -> ((SemanticColumn.Metrical) c).metric())
        .findFirst()
        .orElseThrow();
  }

  /** All months from the first change to as_of. */
  private Spine months() {
    return new RangeResolver(settings, plan.rexBuilder(), i -> Optional.empty(), firstChange)
        .resolve(List.of(), Optional.of(new TimeKeys.Key(Grain.MONTH, settings.calendar())));
  }

  private Period asOfMonth() {
    LocalDate first = settings.asOf().withDayOfMonth(1);
    return new Period(first, first, settings.asOf().plusDays(1), true, false);
  }
}
