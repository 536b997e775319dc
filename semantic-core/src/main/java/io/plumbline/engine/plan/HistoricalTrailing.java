package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.HistoricalPieces.SINCE_PERIOD;
import static io.plumbline.engine.plan.HistoricalPieces.UNTIL_PERIOD;
import static io.plumbline.engine.plan.TrailingChanges.NEXT;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * What is kept over trailing months by dimensions that change over time: entities are followed as a
 * whole, and stand under the values that they had when the window opened, whatever becomes of them
 * inside it.
 *
 * <pre>
 *   spells of entities           what each counts for, from one period until before another
 *   x pieces                     the values of the dimensions, in periods of the windows' openings
 *   where both overlap           a rise at the start of the overlap, and a fall at its end
 * </pre>
 */
final class HistoricalTrailing {

  private static final String SIDE = "side";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final TrailingWindows windows;
  private final StateSource source;
  private final EvaluationContext context;

  HistoricalTrailing(
      PlanBuilder plan, StateParts parts, TrailingWindows windows, EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.windows = windows;
    this.source = windows.source();
    this.context = context;
  }

  /** (dimensions, currency, period, a change of each wanted). */
  RelNode summed() {
    new TrailingChanges(plan, parts, windows, context.ofEveryone()).pushSpells();
    plan.filter(countsForSomething());
    new HistoricalPieces(plan, parts, source, context).join(windows.past());
    plan.filter(overlap());
    plan.relBuilder().values(new String[] {SIDE}, 1, -1);
    plan.cross();
    pushChanges();
    List<String> keys = DenseStates.keys(context, source);
    plan.sums(keys, windows.wanted().stream().map(Trailing::change).toList());
    return plan.build();
  }

  private RexNode countsForSomething() {
    List<RexNode> some =
        windows.wanted().stream()
            .map(
                t ->
                    plan.call(SqlStdOperatorTable.NOT_EQUALS, plan.field(t.name()), plan.number(0)))
            .toList();
    return some.size() == 1
        ? some.get(0)
        : plan.call(SqlStdOperatorTable.OR, some.toArray(new RexNode[0]));
  }

  /**
   * A bound that lies in period k of the past opens the window which ends with period k: so a value
   * since period k is the first time that of period k, by the left limit.
   */
  private RexNode overlap() {
    RexNode next = plan.field(NEXT);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.field(UNTIL_PERIOD)),
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, next),
            plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(SINCE_PERIOD), next)),
        plan.call(
            SqlStdOperatorTable.LESS_THAN, plan.field(SINCE_PERIOD), plan.field(UNTIL_PERIOD)));
  }

  private void pushChanges() {
    RexNode side = plan.field(SIDE);
    RexNode starts = plan.call(SqlStdOperatorTable.EQUALS, side, plan.number(1));
    // PostgreSQL's LEAST skips the null of a spell that lasts.
    RexNode period =
        plan.choose(
            starts,
            plan.call(
                SqlLibraryOperators.GREATEST_PG, plan.field(PERIOD), plan.field(SINCE_PERIOD)),
            plan.call(SqlLibraryOperators.LEAST_PG, plan.field(NEXT), plan.field(UNTIL_PERIOD)));
    List<String> kept = new ArrayList<>(DenseStates.keys(context, source));
    kept.remove(PERIOD);
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(PERIOD, period));
    for (Trailing t : windows.wanted()) {
      fields.add(new Named(t.change(), plan.times(plan.field(t.name()), side)));
    }
    plan.project(kept, fields);
    plan.filter(
        plan.call(
            SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.number(windows.past().size())));
  }
}
