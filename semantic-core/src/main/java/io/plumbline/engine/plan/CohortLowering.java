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
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
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
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof MetricCall.OfMetric metric && metric.changes().isEmpty()) {
        byFilter.computeIfAbsent(metric.filter(), f -> new ArrayList<>()).add(i);
      } else if (!(calls.get(i) instanceof MetricCall.Grouping)) {
        throw new Refusal(
            SqlState.FEATURE_NOT_SUPPORTED,
            "cohorts have metrics only, in the context of the query. Use aggregate(...), such as"
                + " aggregate(cohort_size) for the number of members");
      }
    }
    List<RelNode> parts = new ArrayList<>();
    byFilter.forEach((filter, own) -> parts.add(part(set, filter, own)));
    plan.unionAll(parts);
    if (parts.size() > 1) {
      plan.onlyValues(keyFields(set), valueFields());
    }
    return shaped(set);
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
    Cells cells = new Cells(filters, set);
    cells.push();
    List<Named> values = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      RelDataType type = aggregate.getAggCallList().get(i).getType();
      values.add(
          new Named(
              "v" + i,
              own.contains(i) ? value((MetricCall.OfMetric) calls.get(i)) : plan.nullOf(type)));
    }
    plan.project(keyFields(set), values);
    return plan.build();
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

  private RexNode value(MetricCall.OfMetric call) {
    return value(plan, (Metric.Cohort) call.metric().metric());
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
      RexNode value =
          calls.get(i) instanceof MetricCall.Grouping grouping
              ? plan.number(grouping.value(set))
              : plan.trimmed(plan.field("v" + i));
      fields.add(cast(value, types.get(fields.size())));
    }
    plan.relBuilder().project(fields, aggregate.getRowType().getFieldNames(), true);
    return plan.build();
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
    private final List<Integer> dimensions = new ArrayList<>();
    private final List<RexNode> entityFilters = new ArrayList<>();
    private final List<RexNode> cohortFilters = new ArrayList<>();

    Cells(List<RexNode> filters, ImmutableBitSet set) {
      this.set = set;
      filters.forEach(this::addFilter);
      Set<Integer> read = new LinkedHashSet<>();
      set.forEach(key -> read.addAll(RelOptUtil.InputFinder.bits(groupKey(key)).toList()));
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

    /** Pushes (k of the set, sums over cohorts of their last months). */
    void push() {
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
      pushLastMonths(context);
      plan.sums(
          keyFields(set),
          List.of(
              CohortEvaluation.SIZE,
              CohortEvaluation.ENTITIES,
              CohortEvaluation.AMOUNT,
              CohortEvaluation.FIRST_AMOUNT,
              CohortEvaluation.UNKNOWN));
    }

    private void pushLastMonths(EvaluationContext context) {
      List<String> fields = plan.relBuilder().peek().getRowType().getFieldNames();
      List<Named> keys = new ArrayList<>();
      for (int key : set) {
        keys.add(new Named("k" + key, over(groupKey(key), context)));
      }
      plan.project(List.copyOf(fields), keys);
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
