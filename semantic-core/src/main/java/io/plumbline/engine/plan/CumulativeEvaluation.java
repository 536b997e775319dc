package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Evaluates an aggregate in windows that end with the periods, in delta form: a row that happens
 * lies in the windows of some neighbouring periods, {@code first} to {@code last}.
 *
 * <pre>
 *   rows with first, last            two arrays of bounds
 *   distinct values: their runs      rows of a value whose windows touch count once, as one run
 *   x (+1, -1)                       a rise in first and a fall after last
 *   sum by dimensions, period        plus a zero row for every period and combination of dimensions
 *   running sums
 * </pre>
 *
 * Where no row lies in two windows, rows are aggregated by window, and nothing is run up.
 */
final class CumulativeEvaluation {

  private static final String MOMENT = "moment";
  private static final String FIRST = "first_window";
  private static final String LAST = "last_window";
  private static final String RISES = "rises";
  private static final String FALLS = "falls";
  private static final String OCCURS = "occurs";

  private final PlanBuilder plan;
  private final EventRows rows;
  private final Members members;
  private final CompiledDataset dataset;
  private final EventMeasure measure;
  private final WindowBounds windows;
  private final EvaluationContext context;

  /**
   * @param rows with what the measure reads
   */
  CumulativeEvaluation(
      PlanBuilder plan,
      EventRows rows,
      Members members,
      CompiledDataset dataset,
      EventMeasure measure,
      WindowBounds windows,
      EvaluationContext context) {
    this.plan = plan;
    this.rows = rows;
    this.members = members;
    this.dataset = dataset;
    this.measure = measure;
    this.windows = windows;
    this.context = context;
  }

  /**
   * Rows (dimensions, period, the fields of the measure), one for every period and combination of
   * dimensions.
   */
  RelNode evaluate() {
    pushRows();
    if (windows.apart()) {
      pushWindows();
    } else {
      switch (measure.aggregation()) {
        case COUNT_DISTINCT -> pushRuns();
        case MIN, MAX -> pushExtremes();
        default -> pushSums();
      }
    }
    RelNode changes = plan.build();
    pushDense(changes);
    plan.project(keys(), measure.fields().stream().map(this::value).toList());
    return plan.build();
  }

  private List<String> keys() {
    return with(PERIOD);
  }

  private List<String> with(String... fields) {
    return Stream.concat(context.dimensionFields().stream(), Stream.of(fields)).toList();
  }

  // ---- rows ----

  private void pushRows() {
    rows.push(windows.first(), windows.end(), this::placed);
    if (!measure.conditions().isEmpty()) {
      plan.filter(plan.field(EventRows.counted(measure)));
    }
    measure.value().ifPresent(v -> plan.filter(hasValue()));
    if (windows.starts().isPresent() && !isOneWindow()) { // else all lie in the last window
      plan.filter(
          plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, plan.field(FIRST), plan.field(LAST)));
    }
  }

  /** Money without a rate is null, and must not be left out in silence. */
  private RexNode hasValue() {
    RexNode value = plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field(measure.field()));
    return measure.money()
        ? plan.call(
            SqlStdOperatorTable.OR,
            value,
            plan.isPositive(plan.field(EventMeasure.withoutRate(measure.field()))))
        : value;
  }

  /** A moment lies in a window unless it ended before; and unless it starts later. */
  private List<Named> placed(RexNode moment) {
    if (isOneWindow()) {
      return List.of();
    }
    var zone = context.spine().zone();
    RexNode ended = Bucket.of(plan, moment, windows.ends(), zone);
    RexNode last =
        windows
            .starts()
            .map(starts -> Bucket.of(plan, moment, starts, zone))
            .orElseGet(() -> plan.number(windows.ends().size()));
    return List.of(
        new Named(MOMENT, moment),
        new Named(FIRST, plan.plus(ended, plan.number(1))),
        new Named(LAST, last));
  }

  // ---- windows that share no row ----

  /** (dimensions, period, values): rows of a window are aggregated as they are. */
  private void pushWindows() {
    List<Named> fields = new ArrayList<>();
    measure.value().ifPresent(v -> measure.fields().forEach(f -> fields.add(same(f))));
    if (isOneWindow()) {
      plan.project(context.dimensionFields(), fields);
      aggregateWindows(context.dimensionFields());
      fields.clear();
      fields.add(new Named(PERIOD, plan.number(1)));
      measure.fields().forEach(f -> fields.add(same(f)));
      plan.project(context.dimensionFields(), fields);
    } else {
      fields.add(0, new Named(PERIOD, plan.field(LAST)));
      plan.project(context.dimensionFields(), fields);
      aggregateWindows(keys());
    }
  }

  /** PostgreSQL sorts for count(distinct), and hashes for DISTINCT. */
  private void aggregateWindows(List<String> keys) {
    boolean distinct = measure.aggregation() == Aggregation.COUNT_DISTINCT;
    if (distinct) {
      plan.distinct();
    }
    RelBuilder builder = plan.relBuilder();
    boolean counts = distinct || measure.aggregation() == Aggregation.COUNT;
    builder.aggregate(
        builder.groupKey(plan.fields(keys)),
        measure.fields().stream().map(f -> counts ? builder.countStar(f) : aggregated(f)).toList());
  }

  /** A number that is the same in all rows would keep PostgreSQL from knowing how many groups. */
  private boolean isOneWindow() {
    return windows.ends().size() == 1;
  }

  private Named same(String field) {
    return new Named(field, plan.field(field));
  }

  private RelBuilder.AggCall aggregated(String field) {
    return plan.relBuilder().aggregateCall(aggregator(field), plan.field(field)).as(field);
  }

  // ---- distinct values ----

  /**
   * (dimensions, period, change): moments in order have windows in order, so that neighbours tell
   * where a run of a value begins and ends.
   */
  private void pushRuns() {
    List<RexNode> value = plan.fields(with(measure.field()));
    RexNode before = plan.previous(plan.field(LAST), value, plan.field(MOMENT));
    RexNode after = plan.following(plan.field(FIRST), value, plan.field(MOMENT));
    plan.project(
        with(FIRST, LAST),
        List.of(
            new Named(RISES, apart(before, plan.field(FIRST))),
            new Named(FALLS, both(apart(plan.field(LAST), after), endsBeforeLast())),
            new Named(measure.field(), plan.number(1))));
    plan.filter(plan.call(SqlStdOperatorTable.OR, plan.field(RISES), plan.field(FALLS)));
    pushSides();
  }

  /** Whether a period lies between two windows, or one of them is none. */
  private RexNode apart(RexNode last, RexNode first) {
    RexNode gap = plan.call(SqlStdOperatorTable.LESS_THAN, plan.plus(last, plan.number(1)), first);
    return plan.call(SqlStdOperatorTable.IS_NOT_FALSE, gap);
  }

  // ---- sums and counts ----

  private void pushSums() {
    RelBuilder builder = plan.relBuilder();
    boolean counts = measure.aggregation() == Aggregation.COUNT;
    builder.aggregate(
        builder.groupKey(plan.fields(with(FIRST, LAST))),
        measure.fields().stream()
            .map(f -> counts ? builder.countStar(f) : builder.sum(false, f, plan.field(f)))
            .toList());
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(RISES, plan.rexBuilder().makeLiteral(true)));
    fields.add(new Named(FALLS, endsBeforeLast()));
    measure.fields().forEach(f -> fields.add(new Named(f, plan.field(f))));
    plan.project(with(FIRST, LAST), fields);
    pushSides();
  }

  private RexNode endsBeforeLast() {
    return plan.call(
        SqlStdOperatorTable.LESS_THAN, plan.field(LAST), plan.number(windows.ends().size()));
  }

  private RexNode both(RexNode a, RexNode b) {
    return plan.call(SqlStdOperatorTable.AND, a, b);
  }

  /**
   * (dimensions, period, changes): what rises does so in its first window, and falls after its
   * last.
   */
  private void pushSides() {
    plan.relBuilder().values(new String[] {"side"}, 1, -1);
    plan.cross();
    RexNode rise = plan.call(SqlStdOperatorTable.EQUALS, plan.field("side"), plan.number(1));
    plan.filter(plan.choose(rise, plan.field(RISES), plan.field(FALLS)));
    List<Named> fields = new ArrayList<>();
    fields.add(
        new Named(
            PERIOD,
            plan.choose(rise, plan.field(FIRST), plan.plus(plan.field(LAST), plan.number(1)))));
    for (String field : measure.fields()) {
      RexNode value = plan.field(field);
      fields.add(new Named(field, plan.choose(rise, value, plan.negated(value))));
    }
    plan.project(context.dimensionFields(), fields);
    aggregate();
  }

  // ---- smallest and largest ----

  /** Windows without a start lose nothing again: what is new in each is enough. */
  private void pushExtremes() {
    plan.project(
        context.dimensionFields(),
        Stream.concat(
                Stream.of(new Named(PERIOD, plan.field(FIRST))),
                measure.fields().stream().map(f -> new Named(f, plan.field(f))))
            .toList());
    aggregate();
  }

  private void aggregate() {
    aggregate(measure.fields());
  }

  private void aggregate(List<String> fields) {
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(keys())),
        fields.stream()
            .map(f -> builder.aggregateCall(aggregator(f), plan.field(f)).as(f))
            .toList());
  }

  private SqlAggFunction aggregator(String field) {
    if (field.equals(OCCURS)) {
      return SqlStdOperatorTable.MAX;
    }
    return switch (field.equals(measure.field()) ? measure.aggregation() : Aggregation.SUM) {
      case MIN -> SqlStdOperatorTable.MIN;
      case MAX -> SqlStdOperatorTable.MAX;
      default -> SqlStdOperatorTable.SUM;
    };
  }

  // ---- over the periods ----

  /** The changes, and a row without change for every period and combination. */
  private void pushDense(RelNode changes) {
    if (!context.dimensions().isEmpty() && members.mayHaveOwn(dataset, context)) {
      pushDenseWithOwn(changes);
      return;
    }
    pushNothing(changes);
    plan.unionAll(List.of(plan.build(), changes));
    aggregate();
  }

  /** Rows without change for every period and combination that is known beforehand. */
  private void pushNothing(RelNode changes) {
    new PeriodRows(plan, context).pushNumbers();
    if (!context.dimensions().isEmpty()) {
      members.push(dataset, context);
      plan.cross();
    }
    plan.project(
        keys(), measure.fields().stream().map(f -> new Named(f, nothing(f, changes))).toList());
  }

  /**
   * The same, if rows may belong to no entity. Whether some do is seen in the changes: to look for
   * them would mean to read all rows once more, most often in vain.
   */
  private void pushDenseWithOwn(RelNode changes) {
    pushNothing(changes);
    RelNode known = occurring(1);
    pushNothingOfNoEntity(changes);
    RelNode unknown = occurring(0);
    plan.push(changes);
    plan.unionAll(List.of(known, unknown, occurring(1)));
    List<String> fields = Stream.concat(measure.fields().stream(), Stream.of(OCCURS)).toList();
    aggregate(fields);
    RexNode occurs = plan.maxWithin(plan.field(OCCURS), plan.fields(context.dimensionFields()));
    plan.project(with(PERIOD), values(fields, occurs));
    plan.filter(plan.isPositive(plan.field(OCCURS)));
  }

  private List<Named> values(List<String> fields, RexNode occurs) {
    return fields.stream()
        .map(f -> new Named(f, f.equals(OCCURS) ? occurs : plan.field(f)))
        .toList();
  }

  private void pushNothingOfNoEntity(RelNode changes) {
    new PeriodRows(plan, context).pushNumbers();
    List<Named> fields = new ArrayList<>();
    context.dimensionFields().forEach(d -> fields.add(new Named(d, noValue(d, changes))));
    fields.add(new Named(PERIOD, plan.field(PERIOD)));
    measure.fields().forEach(f -> fields.add(new Named(f, nothing(f, changes))));
    plan.project(List.of(), fields);
  }

  private RelNode occurring(int occurs) {
    plan.project(with(PERIOD), occurringFields(occurs));
    return plan.build();
  }

  private List<Named> occurringFields(int occurs) {
    return Stream.concat(
            measure.fields().stream().map(f -> new Named(f, plan.field(f))),
            Stream.of(new Named(OCCURS, plan.number(occurs))))
        .toList();
  }

  private RexNode noValue(String field, RelNode changes) {
    return plan.nullOf(typeOf(field, changes));
  }

  private static RelDataType typeOf(String field, RelNode relation) {
    int position = relation.getRowType().getFieldNames().indexOf(field);
    return relation.getRowType().getFieldList().get(position).getType();
  }

  /** Sums of nothing are 0; there is no largest or smallest of nothing. */
  private RexNode nothing(String field, RelNode changes) {
    RelDataType type = typeOf(field, changes);
    return aggregator(field) == SqlStdOperatorTable.SUM
        ? plan.rexBuilder().makeAbstractCast(type, plan.number(0), false)
        : plan.nullOf(type);
  }

  /** Changes are run up; what was aggregated window by window is the value. */
  private Named value(String field) {
    return windows.apart() ? same(field) : running(field);
  }

  private Named running(String field) {
    return new Named(
        field,
        plan.running(
            aggregator(field),
            plan.field(field),
            plan.fields(context.dimensionFields()),
            plan.field(PERIOD)));
  }
}
