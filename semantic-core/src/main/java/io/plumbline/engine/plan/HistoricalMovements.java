package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.HistoricalPieces.SINCE;
import static io.plumbline.engine.plan.HistoricalPieces.SINCE_PERIOD;
import static io.plumbline.engine.plan.HistoricalPieces.UNTIL;
import static io.plumbline.engine.plan.HistoricalPieces.UNTIL_PERIOD;
import static io.plumbline.engine.plan.StateChanges.AT;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Movements by dimensions that change over time: entities move as a whole, and then each movement
 * stands under the values at the start of its period; that of an entity without an amount there,
 * under those at its first instant in the period. What goes from one value to another is no
 * movement.
 */
final class HistoricalMovements {

  private static final String STARTED = "started";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final Set<Change> wanted;
  private final EvaluationContext context;
  private final EvaluationContext everyone;

  /**
   * @param wanted movements only
   */
  HistoricalMovements(
      PlanBuilder plan,
      StateParts parts,
      StateSource source,
      Set<Change> wanted,
      EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.wanted = wanted;
    this.context = context;
    this.everyone = context.ofEveryone();
  }

  /** (dimensions, currency, period, movements). */
  RelNode summed() {
    pushMovements();
    new HistoricalPieces(plan, parts, source, context).join(context.spine().bounds());
    plan.filter(plan.choose(plan.field(EntityChanges.OPENED), heldAtStart(), heldAtFirstInstant()));
    plan.sums(DenseStates.keys(context, source), wanted.stream().map(Change::field).toList());
    return plan.build();
  }

  // ---- movements of whole entities ----

  /** (entity, currency, period, started, opened, movements). */
  private void pushMovements() {
    new StateChanges(plan, parts, source, everyone).push();
    RexNode at = plan.field(AT);
    RexNode rise = plan.choose(plan.isPositive(plan.field(DELTA)), at, plan.nullOf(at.getType()));
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(PERIOD, Bucket.ofInstant(plan, at, context.spine())));
    source.currency().ifPresent(c -> fields.add(new Named(CURRENCY, plan.field(CURRENCY))));
    fields.add(new Named(DELTA, plan.field(DELTA)));
    fields.add(new Named(STARTED, rise));
    plan.project(List.of(ENTITY), fields);
    List<String> kept = new ArrayList<>(List.of(ENTITY, PERIOD));
    source.currency().ifPresent(c -> kept.add(CURRENCY));
    RelBuilder builder = plan.relBuilder();
    builder.aggregate(
        builder.groupKey(plan.fields(kept)),
        builder.aggregateCall(SqlStdOperatorTable.SUM, plan.field(DELTA)).as(DELTA),
        builder.aggregateCall(SqlStdOperatorTable.MIN, plan.field(STARTED)).as(STARTED));
    RexNode first = plan.minWithin(plan.field(STARTED), plan.fields(List.of(ENTITY, PERIOD)));
    List<String> netted = new ArrayList<>(kept);
    netted.add(DELTA);
    plan.project(netted, List.of(new Named(STARTED, first)));
    kept.add(STARTED);
    new EntityChanges(plan, parts.rates(), everyone, source.currency().isPresent(), wanted)
        .classifyOpened(List.of(ENTITY), kept);
  }

  // ---- values of the dimensions ----

  /** The left limit: a value that begins at the start of the period is not held there yet. */
  private RexNode heldAtStart() {
    RexNode period = plan.field(PERIOD);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.LESS_THAN, plan.field(SINCE_PERIOD), period),
        plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, period, plan.field(UNTIL_PERIOD)));
  }

  private RexNode heldAtFirstInstant() {
    RexNode started = plan.field(STARTED);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, plan.field(SINCE), started),
        plan.call(SqlStdOperatorTable.LESS_THAN, started, plan.field(UNTIL)));
  }
}
