package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/** The periods of a spine as rows, and what time expressions mean in them. */
final class PeriodRows {

  /** The field of the number of a period that is asked for. */
  static final String ASKED = "asked_period";

  private final PlanBuilder plan;
  private final EvaluationContext context;

  PeriodRows(PlanBuilder plan, EvaluationContext context) {
    this.plan = plan;
    this.context = context;
  }

  /** Pushes (period): the numbers of all periods, from 1. */
  void pushNumbers() {
    RelDataType rowType = plan.types().builder().add(PERIOD, SqlTypeName.INTEGER).build();
    List<List<RexLiteral>> rows = new ArrayList<>();
    for (int j = 1; j <= context.spine().periods().size(); j++) {
      rows.add(List.of(plan.number(j)));
    }
    plan.values(rowType, rows);
  }

  /** Pushes (asked_period, some time columns) of the periods that are asked for. */
  void pushAsked(Collection<TimeColumn> columns) {
    RelDataTypeFactory.Builder rowType = plan.types().builder().add(ASKED, SqlTypeName.INTEGER);
    for (TimeColumn column : columns) {
      rowType.add(
          column.columnName(),
          column == TimeColumn.IS_COMPLETE ? SqlTypeName.BOOLEAN : SqlTypeName.DATE);
    }
    List<List<RexLiteral>> rows = new ArrayList<>();
    List<Period> periods = context.spine().periods();
    for (int j = 1; j <= periods.size(); j++) {
      if (periods.get(j - 1).asked()) {
        rows.add(row(j, periods.get(j - 1), columns));
      }
    }
    plan.values(rowType.build(), rows);
  }

  private List<RexLiteral> row(int number, Period period, Collection<TimeColumn> columns) {
    List<RexLiteral> row = new ArrayList<>();
    row.add(plan.number(number));
    for (TimeColumn column : columns) {
      Object value = column.ofPeriod(period, context.settings().calendar());
      row.add(
          value instanceof LocalDate day
              ? plan.date(day)
              : plan.rexBuilder().makeLiteral((Boolean) value));
    }
    return row;
  }

  /**
   * A time expression over the base row, over rows that have the time columns under their names.
   */
  RexNode timeExpression(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return plan.field(context.base().time(ref.getIndex()).orElseThrow().columnName());
          }
        });
  }
}
