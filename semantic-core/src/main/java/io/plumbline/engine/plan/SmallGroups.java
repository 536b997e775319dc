package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Leaves null what a query says of groups of too few entities:
 *
 * <pre>
 *   cells (dimension, period, values, entities, entities of all)
 *     =>  Project(values where not hidden) <- Filter(enough entities in the period) <- cells
 * </pre>
 *
 * <p>A cell is small if it has too few entities, or if too few are outside of it. Small cells are
 * hidden. Where there are some in a period, further ones are, the smallest first and those of equal
 * size together, until the hidden cells are two at least and have enough entities together: what a
 * total and the shown groups differ by is then a number over enough entities.
 *
 * <p>That holds as long as every statement reads the same table of cells, and beside it no more
 * than its total. So there are the cells of one dimension, whatever a query takes from them: its
 * condition chooses among cells that were hidden before. What could put entities together otherwise
 * is refused, for the difference of two such answers would be a number over few.
 */
final class SmallGroups {

  /** A field that {@link #evaluate} leaves: 1 in cells that are not hidden. */
  static final String SHOWN = "shown";

  private static final String HIDDEN = "hidden";

  private static final String PRESENT = "present";
  private static final String SMALL = "small";
  private static final String SMALL_CELLS = "small_cells";
  private static final String POPULATION = "population";

  /** A snapshot reads those at one edge of the period, a movement all of them. */
  private static final Map<String, String> COUNTS =
      Map.of(
          PRESENT,
          BaseMetrics.PRESENCE,
          "opening",
          BaseMetrics.OPENING,
          "closing",
          BaseMetrics.CLOSING);

  private final PlanBuilder plan;
  private final int least;
  private boolean used;

  /**
   * @param least how many entities a group must have to be shown
   */
  SmallGroups(PlanBuilder plan, int least) {
    this.plan = plan;
    this.least = least;
  }

  /** The rule by name, for {@code explain} and audit. */
  static String named(int least) {
    return "groups of at least " + least;
  }

  // ---- which queries there may be ----

  /** Fails if what is asked of groups could be about other entities than theirs. */
  void admit(Aggregate aggregate, SemanticRelation input, List<MetricCall> calls) {
    admitGroups(aggregate, input);
    boolean plain =
        calls.stream()
            .allMatch(
                call ->
                    call instanceof MetricCall.Grouping
                        || call instanceof MetricCall.Suppressed
                        || call instanceof MetricCall.OfMetric metric
                            && metric.filter().isEmpty()
                            && metric.changes().isEmpty());
    if (!plain) {
      throw refusal(
          "only aggregate(metric) is answered: no FILTER, no at (...), no counts of rows and no"
              + " aggregates of dimensions. Put conditions into WHERE");
    }
  }

  /** Fails if the statement could compare the groups of one Aggregate with those of another. */
  void admitGroups(Aggregate aggregate, SemanticRelation input) {
    if (used) {
      throw refusal("metrics are grouped once in a statement. Ask in two statements");
    }
    used = true;
    refuseCombined(input);
    refuseNestedSets(aggregate, input);
  }

  /** Fails if something decides about the groups beside the dimensions of the table. */
  private void refuseCombined(SemanticRelation input) {
    if (expressions(input).anyMatch(e -> !Correlations.outerVariables(e).isEmpty())) {
      throw refusal("metrics are not grouped once for each row of something else");
    }
    if (!input.base().joined().isEmpty()) {
      throw refusal("metrics are not joined before they are grouped. Join their results");
    }
  }

  private static Stream<RexNode> expressions(SemanticRelation input) {
    Stream<RexNode> outputs =
        input.outputs().stream()
            .filter(SemanticRelation.Output.Plain.class::isInstance)
            .map(output -> ((SemanticRelation.Output.Plain) output).expression());
    return Stream.concat(input.filters().stream(), outputs);
  }

  /** Groups and their total: groups within groups would take each other's secrets apart. */
  private void refuseNestedSets(Aggregate aggregate, SemanticRelation input) {
    List<ImmutableBitSet> sets = aggregate.getGroupSets();
    List<ImmutableBitSet> time = sets.stream().map(set -> keys(set, input, true)).toList();
    boolean nested = sets.stream().anyMatch(set -> keys(set, input, false).cardinality() > 1);
    if (sets.size() > 1 && (nested || time.stream().distinct().count() > 1)) {
      throw refusal("grouping sets are one dimension and its total, for the same time columns");
    }
  }

  private static ImmutableBitSet keys(ImmutableBitSet set, SemanticRelation input, boolean time) {
    return ImmutableBitSet.of(
        set.toList().stream()
            .filter(
                field ->
                    input.outputs().get(field) instanceof SemanticRelation.Output.Plain plain
                        && input.base().readsTime(plain.expression()) == time)
            .toList());
  }

  /** Fails for what is not about the values of one dimension. */
  void admit(EvaluationContext context) {
    if (MetricEvaluation.groupsByEntity(context.withDimensions(read(context)))) {
      throw refusal("single entities are no groups. Group by another dimension");
    }
    if (context.readsClass()) {
      throw refusal("classes of entities are not answered. Group by another dimension");
    }
    boolean plain = context.dimensions().stream().allMatch(RexInputRef.class::isInstance);
    if (!plain
        || context.filters().stream().anyMatch(f -> RexUtil.SubQueryFinder.find(f) != null)) {
      throw refusal("groups are the values of a dimension. Group by the dimension itself");
    }
    if (read(context).stream()
            .flatMap(e -> Correlations.fields(e).toList().stream())
            .distinct()
            .count()
        > 1) {
      throw refusal("one dimension for groups and conditions. Leave the others out");
    }
    if (context.dimensions().isEmpty() && !context.filters().stream().allMatch(this::isOneGroup)) {
      throw refusal("a condition is 'dimension = value', or GROUP BY has its dimension");
    }
  }

  private static List<RexNode> read(EvaluationContext context) {
    return Stream.concat(context.dimensions().stream(), context.filters().stream()).toList();
  }

  /** {@code dimension = value}. */
  private boolean isOneGroup(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
        && condition instanceof RexCall equals
        && equals.getOperands().stream().filter(RexInputRef.class::isInstance).count() == 1
        && equals.getOperands().stream()
            .allMatch(o -> o instanceof RexInputRef || RexUtil.isConstant(o));
  }

  Refusal refuseCohorts() {
    return refusal("cohorts are not answered, whose months overlap. Use another table");
  }

  private Refusal refusal(String what) {
    return new Refusal(
        SqlState.INSUFFICIENT_PRIVILEGE,
        "your role sees metrics of at least " + least + " entities: " + what);
  }

  // ---- what is hidden ----

  /**
   * The rows of an evaluation with the fields asked for, null in small groups, and {@link #SHOWN}.
   *
   * @param values by the names of their fields
   */
  RelNode evaluate(
      MetricEvaluation evaluation,
      Map<String, MetricInContext> values,
      EvaluationContext context,
      CompiledDataset entities) {
    EvaluationContext table = tableFor(context);
    Map<String, MetricInContext> asked = new LinkedHashMap<>(values);
    asked.putAll(counts());
    plan.push(evaluation.evaluate(asked, table, entities));
    List<String> fields = List.copyOf(values.keySet());
    hide(key(table), fields);
    context.filters().forEach(filter -> plan.filter(overCells(filter, table)));
    if (context.dimensions().isEmpty() && !table.dimensions().isEmpty()) {
      everyPeriod(context, fields);
    }
    return plan.build();
  }

  /** The cells of the one dimension, all of them. */
  private static EvaluationContext tableFor(EvaluationContext context) {
    List<RexNode> dimensions =
        context.dimensions().isEmpty()
            ? context.filters().stream()
                .flatMap(f -> ((RexCall) f).getOperands().stream())
                .filter(RexInputRef.class::isInstance)
                .distinct()
                .toList()
            : context.dimensions();
    return context.withDimensions(dimensions).withFilters(List.of());
  }

  private static List<String> key(EvaluationContext context) {
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    return key;
  }

  private RexNode overCells(RexNode filter, EvaluationContext table) {
    return filter.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return plan.field(table.dimensionFields().get(table.dimensions().indexOf(ref)));
          }
        });
  }

  /** A query without groups has a row in every period, whether there is such a group or not. */
  private void everyPeriod(EvaluationContext context, List<String> values) {
    List<String> fields = new ArrayList<>(values);
    fields.add(SHOWN);
    plan.project(List.of(PERIOD), fields.stream().map(f -> new Named(f, plan.field(f))).toList());
    RelNode group = plan.build();
    List<Named> nothing =
        group.getRowType().getFieldList().stream()
            .skip(1)
            .map(field -> new Named(field.getName(), plan.nullOf(field.getType())))
            .toList();
    new PeriodRows(plan, context).pushNumbers();
    plan.project(List.of(PERIOD), nothing);
    plan.unionAll(List.of(group, plan.build()));
    plan.onlyValues(List.of(PERIOD), fields);
  }

  /** Whether the values of a cell are hidden, beside {@link #SHOWN}. */
  RexNode isHidden() {
    return plan.isZero(plan.orZero(plan.field(SHOWN)));
  }

  private static Map<String, MetricInContext> counts() {
    Map<String, MetricInContext> asked = new LinkedHashMap<>();
    COUNTS.forEach(
        (field, count) -> {
          asked.put(field, new MetricInContext(count, List.of()));
          asked.put(
              all(field), new MetricInContext(count, List.of(new ContextChange.OfEveryone())));
        });
    return asked;
  }

  private static String all(String field) {
    return "all_" + field;
  }

  private static String beyond(String field) {
    return "unseen_" + field;
  }

  /**
   * Hides small groups in the cells on top of the builder, and leaves a field {@link #SHOWN}.
   *
   * @param key the fields of the dimensions and the period
   */
  private void hide(List<String> key, List<String> values) {
    List<String> kept = new ArrayList<>(key);
    kept.addAll(values);
    List<String> counted = new ArrayList<>(kept);
    counted.addAll(COUNTS.keySet());
    plan.project(counted, List.of(new Named(SMALL, plan.one(isSmall()))));
    kept.add(SMALL);
    plan.project(kept, sums());
    if (key.size() > 1) {
      plan.filter(plan.call(SqlStdOperatorTable.NOT, isTooFew(plan.field(POPULATION))));
    }
    nullHidden(key, values);
  }

  /** Nobody, or enough, at the start and at the end; and enough in between. */
  private RexNode isSmall() {
    List<RexNode> reasons = new ArrayList<>();
    reasons.add(isTooFew(plan.field(PRESENT)));
    COUNTS
        .keySet()
        .forEach(
            field -> {
              reasons.add(isSome(plan.field(field)));
              reasons.add(isSome(plan.minus(plan.field(all(field)), plan.field(field))));
            });
    return any(reasons);
  }

  /** What would come out if no further cell were hidden than those that are smaller than this. */
  private List<Named> sums() {
    RexNode small = plan.field(SMALL);
    List<Named> sums = new ArrayList<>();
    sums.add(new Named(POPULATION, inPeriod(plan.field(PRESENT))));
    sums.add(new Named(SMALL_CELLS, inPeriod(small)));
    sums.add(new Named(beyond(SMALL), unseen(plan.number(1))));
    COUNTS.keySet().forEach(f -> sums.add(new Named(beyond(f), unseen(plan.field(f)))));
    return sums;
  }

  /** The sum over the small cells of the period, and over the others with fewer entities. */
  private RexNode unseen(RexNode value) {
    RexNode small = plan.times(value, plan.field(SMALL));
    RexNode other = plan.minus(value, small);
    RexNode upTo = plan.runningSum(other, plan.fields(List.of(PERIOD)), plan.field(PRESENT));
    RexNode peers = plan.sumWithin(other, plan.fields(List.of(PERIOD, PRESENT)));
    return plan.plus(inPeriod(small), plan.minus(upTo, peers));
  }

  private RexNode inPeriod(RexNode value) {
    return plan.sumWithin(value, plan.fields(List.of(PERIOD)));
  }

  private RexNode isTooFew(RexNode entities) {
    return plan.call(SqlStdOperatorTable.LESS_THAN, entities, plan.number(least));
  }

  private RexNode isSome(RexNode entities) {
    return plan.call(SqlStdOperatorTable.AND, plan.isPositive(entities), isTooFew(entities));
  }

  private RexNode any(List<RexNode> conditions) {
    return plan.call(SqlStdOperatorTable.OR, conditions.toArray(RexNode[]::new));
  }

  private void nullHidden(List<String> key, List<String> values) {
    List<RexNode> reasons = new ArrayList<>();
    reasons.add(
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(beyond(SMALL)), plan.number(2)));
    reasons.add(isTooFew(plan.field(beyond(PRESENT))));
    COUNTS.keySet().forEach(field -> reasons.add(isSome(plan.field(beyond(field)))));
    RexNode hidden =
        any(
            List.of(
                plan.isPositive(plan.field(SMALL)),
                plan.call(
                    SqlStdOperatorTable.AND,
                    plan.isPositive(plan.field(SMALL_CELLS)),
                    any(reasons))));
    List<String> cells = new ArrayList<>(key);
    cells.addAll(values);
    plan.project(cells, List.of(new Named(HIDDEN, hidden)));
    List<Named> shown = new ArrayList<>();
    for (String value : values) {
      RexNode field = plan.field(value);
      shown.add(
          new Named(value, plan.choose(plan.field(HIDDEN), plan.nullOf(field.getType()), field)));
    }
    shown.add(new Named(SHOWN, plan.choose(plan.field(HIDDEN), plan.number(0), plan.number(1))));
    plan.project(key, shown);
  }
}
