package io.plumbline.engine.plan;

import io.plumbline.definitions.Dimension;
import io.plumbline.engine.catalog.CompiledModel;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Joins the earlier values of historical dimensions to the rows of a dataset, each to the rows that
 * it held for.
 */
final class HistoryJoins {

  /** Before and after anything that is recorded, and instants of years 1 to 9999 in every zone. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private static final int HISTORY_ENTITY = 0;
  private static final int HISTORY_VALUE = 1;
  private static final int HISTORY_FROM = 2;
  private static final int HISTORY_TO = 3;

  private final PlanBuilder plan;
  private final DatasetRows datasets;
  private final CompiledModel model;
  private final RowTime time;
  private final EvaluationContext context;
  private final ToIntFunction<String> own;
  private final Map<Dimension.History, Integer> offsets = new LinkedHashMap<>();

  /**
   * @param time to which time the rows belong
   * @param own where a column of the rows stands
   */
  HistoryJoins(
      PlanBuilder plan,
      DatasetRows datasets,
      CompiledModel model,
      RowTime time,
      EvaluationContext context,
      ToIntFunction<String> own) {
    this.plan = plan;
    this.datasets = datasets;
    this.model = model;
    this.time = time;
    this.context = context;
    this.own = own;
  }

  /** Says that a history is to be joined. */
  void need(Dimension.History history) {
    offsets.put(history, -1);
  }

  /** Where the values of a joined history stand. */
  int valueOf(Dimension.History history) {
    return offsets.get(history) + HISTORY_VALUE;
  }

  /**
   * Joins them: each row meets the values that its entity had while the row held, at least one,
   * maybe null.
   *
   * @param entity the rows' column of the entity
   */
  void join(String entity) {
    for (Dimension.History history : List.copyOf(offsets.keySet())) {
      int offset = plan.relBuilder().peek().getRowType().getFieldCount();
      plan.push(new Histories(plan, datasets, model, context).rows(history));
      plan.relBuilder()
          .join(
              JoinRelType.LEFT,
              plan.call(
                  SqlStdOperatorTable.EQUALS,
                  plan.relBuilder().field(2, 0, own.applyAsInt(entity)),
                  plan.relBuilder().field(2, 1, HISTORY_ENTITY)),
              meets(
                  rowTime(true, 2),
                  rowTime(false, 2),
                  plan.relBuilder().field(2, 1, HISTORY_FROM),
                  plan.relBuilder().field(2, 1, HISTORY_TO)));
      offsets.put(history, offset);
    }
    boolean asked = time instanceof RowTime.WholeRange || time instanceof RowTime.Pieces;
    if (asked && offsets.size() > 1) {
      plan.filter(plan.call(SqlStdOperatorTable.LESS_THAN, cut(true), cut(false)));
    }
  }

  /** Start or end of the row itself, seen with so many inputs on the builder. */
  private RexNode rowTime(boolean start, int inputs) {
    if (time instanceof RowTime.Interval interval) {
      int position = own.applyAsInt(start ? interval.from() : interval.to());
      RexNode bound =
          inputs == 2 ? plan.relBuilder().field(2, 0, position) : plan.relBuilder().field(position);
      return Histories.instant(plan, bound, context);
    }
    if (time instanceof RowTime.At at) {
      int position = own.applyAsInt(at.column());
      RexNode moment =
          inputs == 2 ? plan.relBuilder().field(2, 0, position) : plan.relBuilder().field(position);
      return Histories.instant(plan, moment, context);
    }
    Spine spine = context.spine();
    if (time instanceof RowTime.Pieces) {
      return plan.instant(spine.instant(start ? FIRST_DAY : LAST_DAY));
    }
    return plan.instant(spine.instant(start ? spine.bounds().get(0) : spine.end()));
  }

  /** Whether a row meets {@code [since, until)}, where null is open. */
  private RexNode meets(RexNode from, RexNode to, RexNode since, RexNode until) {
    boolean atInstant = time instanceof RowTime.At;
    RexNode begins =
        atInstant
            ? plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, since, to)
            : plan.call(SqlStdOperatorTable.LESS_THAN, since, to);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, since),
            plan.call(SqlStdOperatorTable.IS_NULL, to),
            begins),
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, until),
            plan.call(stillHolds(), from, until)));
  }

  /** A range begins with the state before its first instant, under the value that ends there. */
  private SqlOperator stillHolds() {
    return time instanceof RowTime.WholeRange
        ? SqlStdOperatorTable.LESS_THAN_OR_EQUAL
        : SqlStdOperatorTable.LESS_THAN;
  }

  /**
   * Start or end of the time for which a row has its values. PostgreSQL's GREATEST and LEAST skip
   * nulls, which are open bounds here.
   */
  RexNode cut(boolean start) {
    RexNode bound = rowTime(start, 1);
    for (int offset : offsets.values()) {
      RexNode other = plan.relBuilder().field(offset + (start ? HISTORY_FROM : HISTORY_TO));
      bound =
          plan.call(
              start ? SqlLibraryOperators.GREATEST_PG : SqlLibraryOperators.LEAST_PG, bound, other);
    }
    return bound;
  }
}
