package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * From when to when an entity stood under the values of the dimensions of a context: what is
 * evaluated of whole entities is put under one of these pieces.
 */
final class HistoricalPieces {

  /** The instants {@code [since, until)} of a piece; its first and last ones are never null. */
  static final String SINCE = "since";

  static final String UNTIL = "until";

  /** How many bounds are at or before these instants. */
  static final String SINCE_PERIOD = "since_period";

  static final String UNTIL_PERIOD = "until_period";

  private static final String PIECE_ENTITY = "piece_entity";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final EvaluationContext context;

  HistoricalPieces(
      PlanBuilder plan, StateParts parts, StateSource source, EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.context = context;
  }

  /**
   * Joins the rows of entities on top of the builder to all pieces of them that pass the filters of
   * the context.
   *
   * @param bounds what the pieces' periods are counted by
   */
  void join(List<LocalDate> bounds) {
    pushPieces(bounds);
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, ENTITY),
                plan.relBuilder().field(2, 1, PIECE_ENTITY)));
  }

  private void pushPieces(List<LocalDate> bounds) {
    var home = parts.home(source);
    String key = home.definition().entity().orElseThrow().column();
    parts.rows().push(home, List.of(key), new RowTime.Pieces(SINCE, UNTIL), context);
    plan.project(
        context.dimensionFields(),
        List.of(
            new Named(PIECE_ENTITY, plan.field(key)),
            new Named(SINCE, plan.field(SINCE)),
            new Named(UNTIL, plan.field(UNTIL)),
            new Named(SINCE_PERIOD, period(SINCE, bounds)),
            new Named(UNTIL_PERIOD, period(UNTIL, bounds))));
  }

  private RexNode period(String instant, List<LocalDate> bounds) {
    return Bucket.ofInstant(plan, plan.field(instant), bounds, context.spine().zone());
  }

  /**
   * A context that has all the values which hold from a day until the range of another one ends.
   */
  static EvaluationContext since(LocalDate day, EvaluationContext context) {
    Spine spine = context.spine();
    Period whole = new Period(day, day, spine.end(), true, true);
    return context.withSpine(
        new Spine(Optional.empty(), spine.rules(), spine.zone(), List.of(whole)));
  }
}
