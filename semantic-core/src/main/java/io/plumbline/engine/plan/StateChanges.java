package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;

import io.plumbline.definitions.Column;
import io.plumbline.definitions.Dataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The changes behind a state: every interval that counts is a rise at its start and a fall at its
 * end.
 */
final class StateChanges {

  /** The entity that a change belongs to. */
  static final String ENTITY = "entity";

  /** When it happens. */
  static final String AT = "at";

  /** By how much. */
  static final String DELTA = Change.DELTA.field();

  private static final String SIDE = "side";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final EvaluationContext context;

  StateChanges(PlanBuilder plan, StateParts parts, StateSource source, EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.context = context;
  }

  /** Pushes (dimensions, entity, currency if any, at, delta) of changes before the range ends. */
  void push() {
    pushIntervals();
    plan.relBuilder().values(new String[] {SIDE}, 1, -1);
    plan.cross();
    project(List.of());
  }

  /**
   * Pushes the changes twice: with the field 0 as they happened, and with the field 1 to be read at
   * another time.
   */
  void pushTwice(String copy) {
    pushIntervals();
    plan.relBuilder().values(new String[] {SIDE, copy}, 1, 0, -1, 0, 1, 1, -1, 1);
    plan.cross();
    project(List.of(copy));
  }

  private void project(List<String> kept) {
    Dataset.Interval validity = validity();
    RexNode starts = plan.call(SqlStdOperatorTable.EQUALS, plan.field(SIDE), plan.number(1));
    RexNode weight = plan.field(DELTA);
    List<Named> fields = new ArrayList<>();
    fields.add(
        new Named(AT, plan.choose(starts, plan.field(validity.from()), plan.field(validity.to()))));
    fields.add(new Named(DELTA, plan.choose(starts, weight, plan.negated(weight))));
    List<String> all = new ArrayList<>(context.dimensionFields());
    all.add(ENTITY);
    source.currency().ifPresent(c -> all.add(CURRENCY));
    all.addAll(kept);
    plan.project(all, fields);
    Spine spine = context.spine();
    // This drops open ends as well.
    plan.filter(
        plan.call(
            SqlStdOperatorTable.LESS_THAN,
            plan.field(AT),
            plan.instant(spine.instant(spine.end()))));
  }

  private Dataset.Interval validity() {
    return source.dataset().definition().validity().orElseThrow();
  }

  // ---- intervals ----

  /** (dimensions, entity, currency, from, to, delta) of the intervals that count. */
  private void pushIntervals() {
    Dataset.Interval validity = validity();
    pushRows();
    RexNode value = plan.field(source.column());
    plan.filter(
        source.rows() ? plan.call(SqlStdOperatorTable.IS_NOT_NULL, value) : plan.isPositive(value));
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(ENTITY, plan.field(entityColumn())));
    source.currency().ifPresent(c -> fields.add(new Named(CURRENCY, plan.field(c))));
    fields.add(new Named(validity.from(), plan.field(validity.from())));
    fields.add(new Named(validity.to(), plan.field(validity.to())));
    fields.add(new Named(DELTA, source.rows() ? plan.number(1) : plan.field(source.column())));
    plan.project(context.dimensionFields(), fields);
    source.ends().ifPresent(ends -> parts.stintEnds().move(ends, validity));
    RexNode to = plan.field(validity.to());
    plan.filter(
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, to),
            plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(validity.from()), to)));
  }

  /** Pushes the dataset's rows that pass the filter, with the columns that a state reads. */
  void pushRows() {
    Dataset.Interval validity = validity();
    parts
        .rows()
        .push(
            source.dataset(),
            ownColumns(),
            new RowTime.Interval(validity.from(), validity.to()),
            context);
    source.filter().ifPresent(filter -> plan.filter(over(filter)));
  }

  private String entityColumn() {
    return source.dataset().definition().entity().orElseThrow().column();
  }

  private List<String> ownColumns() {
    Set<String> own =
        new LinkedHashSet<>(
            List.of(entityColumn(), source.column(), validity().from(), validity().to()));
    source.currency().ifPresent(own::add);
    List<Column> columns = source.dataset().definition().columns();
    source
        .filter()
        .ifPresent(
            f -> RelOptUtil.InputFinder.bits(f).forEach(i -> own.add(columns.get(i).name())));
    return List.copyOf(own);
  }

  /** An expression over the dataset's columns, over the rows on top of the builder. */
  private RexNode over(RexNode expression) {
    List<Column> columns = source.dataset().definition().columns();
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return plan.field(columns.get(ref.getIndex()).name());
          }
        });
  }
}
