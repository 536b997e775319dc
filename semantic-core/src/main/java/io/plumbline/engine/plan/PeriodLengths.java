package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** How long the periods of a spine are, over rows that have the number of a period. */
final class PeriodLengths {

  private static final int DIGITS = 12;

  private final PlanBuilder plan;
  private final List<Period> periods;

  PeriodLengths(PlanBuilder plan, Spine spine) {
    this.plan = plan;
    this.periods = spine.periods();
  }

  /** In months. Neighbours of the same length share a branch, so that whole months are one. */
  RexNode months() {
    if (periods.isEmpty()) {
      return decimal(BigDecimal.ZERO);
    }
    int last = periods.size() - 1;
    BigDecimal length = monthsOf(periods.get(last));
    RexNode value = decimal(length);
    for (int i = last - 1; i >= 0; i--) {
      BigDecimal earlier = monthsOf(periods.get(i));
      if (earlier.compareTo(length) != 0) {
        RexNode upToHere =
            plan.call(
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL, plan.field(PERIOD), plan.number(i + 1));
        value = plan.choose(upToHere, decimal(earlier), value);
        length = earlier;
      }
    }
    return value;
  }

  private RexNode decimal(BigDecimal months) {
    return plan.rexBuilder().makeExactLiteral(months);
  }

  /** The days in each month as a part of it. */
  static BigDecimal monthsOf(Period period) {
    BigDecimal months = BigDecimal.ZERO;
    LocalDate day = period.from();
    while (day.isBefore(period.to())) {
      LocalDate next = day.withDayOfMonth(1).plusMonths(1);
      LocalDate end = next.isBefore(period.to()) ? next : period.to();
      long days = end.toEpochDay() - day.toEpochDay();
      months =
          months.add(
              BigDecimal.valueOf(days)
                  .divide(BigDecimal.valueOf(day.lengthOfMonth()), DIGITS, RoundingMode.HALF_UP));
      day = end;
    }
    return months;
  }
}
