package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.StateChanges.AT;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
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
  private static final String SINCE = "since";
  private static final String UNTIL = "until";
  private static final String SINCE_PERIOD = "since_period";
  private static final String UNTIL_PERIOD = "until_period";
  private static final String PIECE_ENTITY = "piece_entity";

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
    this.everyone =
        new EvaluationContext(
            BaseRow.of(context.base().table()),
            context.spine(),
            List.of(),
            List.of(),
            context.settings());
  }

  /** (dimensions, currency, period, movements). */
  RelNode summed() {
    pushMovements();
    pushPieces();
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, ENTITY),
                plan.relBuilder().field(2, 1, PIECE_ENTITY)));
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
    List<String> kept = entityFields();
    plan.project(
        kept,
        List.of(
            new Named(PERIOD, Bucket.ofInstant(plan, at, context.spine())),
            new Named(DELTA, plan.field(DELTA)),
            new Named(STARTED, rise)));
    kept.add(PERIOD);
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
    new EntityChanges(plan, parts.rates(), everyone, source.currency().isPresent())
        .classifyOpened(List.of(ENTITY), kept, wanted);
  }

  private List<String> entityFields() {
    List<String> fields = new ArrayList<>(List.of(ENTITY));
    source.currency().ifPresent(c -> fields.add(CURRENCY));
    return fields;
  }

  // ---- values of the dimensions ----

  /** (piece_entity, since, until, since_period, until_period, dimensions): one value at a time. */
  private void pushPieces() {
    var home = parts.home(source);
    String key = home.definition().entity().orElseThrow().column();
    parts.rows().push(home, List.of(key), new RowTime.Pieces(SINCE, UNTIL), context);
    plan.project(
        context.dimensionFields(),
        List.of(
            new Named(PIECE_ENTITY, plan.field(key)),
            new Named(SINCE, plan.field(SINCE)),
            new Named(UNTIL, plan.field(UNTIL)),
            new Named(SINCE_PERIOD, Bucket.ofInstant(plan, plan.field(SINCE), context.spine())),
            new Named(UNTIL_PERIOD, Bucket.ofInstant(plan, plan.field(UNTIL), context.spine()))));
  }

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
