package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Leaves null what a query says of groups of too few entities:
 *
 * <pre>
 *   cells (dimensions, period, values, entities, entities of all)
 *     =>  Project(values where not hidden) <- Filter(enough entities in the period) <- cells
 * </pre>
 *
 * <p>A cell is small if it has too few entities, or if too few are outside of it. Small cells are
 * hidden. Where there are some in a period, further ones are, the smallest first and those of equal
 * size together, until the hidden cells are two at least and have enough entities together: what a
 * total and the shown groups differ by is then a number over enough entities.
 *
 * <p>That holds as long as a query has one such table of cells, and beside it no more than its
 * total: every other shape is refused.
 */
final class SmallGroups {

  static final String HIDDEN = "hidden";

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

  /** Fails if the statement could compare the groups of one Aggregate with those of another. */
  void admit(Aggregate aggregate, SemanticRelation input, List<MetricCall> calls) {
    if (used) {
      throw refusal("metrics are grouped once in a statement. Ask in two statements");
    }
    used = true;
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
    if (expressions(input).anyMatch(e -> !Correlations.outerVariables(e).isEmpty())) {
      throw refusal("metrics are not grouped once for each row of something else");
    }
    refuseNestedSets(aggregate, input);
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

  /** Fails for a group for each entity, and for those that are made of metrics. */
  void admit(EvaluationContext context) {
    if (MetricEvaluation.groupsByEntity(context)) {
      throw refusal("single entities are no groups. Group by another dimension");
    }
    if (context.readsClass()) {
      throw refusal("classes of entities are not answered. Group by another dimension");
    }
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

  /** What has to be evaluated beside the values of a query. */
  Map<String, MetricInContext> asked() {
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
   * Hides small groups in the cells on top of the builder, and leaves a field {@link #HIDDEN}.
   *
   * @param key the fields of the dimensions and the period
   */
  void hide(List<String> key, List<String> values) {
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
    shown.add(new Named(HIDDEN, plan.field(HIDDEN)));
    plan.project(key, shown);
  }
}
