package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import java.math.BigDecimal;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The value of a reconciliation over the two metrics that should be the same. */
final class Reconciliation {

  private final PlanBuilder plan;
  private final Metric.Reconciliation metric;

  Reconciliation(PlanBuilder plan, Metric.Reconciliation metric) {
    this.plan = plan;
    this.metric = metric;
  }

  RexNode value(RexNode of, RexNode against) {
    RexNode difference = plan.call(SqlStdOperatorTable.ABS, plan.minus(of, against));
    return switch (metric.measure()) {
      case DIFFERENCE -> difference;
      case PERCENT -> plan.ratio(plan.times(plan.number(100), difference), size(against));
      case STATUS -> status(difference, against);
    };
  }

  /** What is not known, for want of an exchange rate, does not pass. */
  private RexNode status(RexNode difference, RexNode against) {
    RexNode allowed = plan.times(exact(metric.tolerance()), size(against));
    return plan.choose(
        plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, difference, allowed),
        plan.text("pass"),
        plan.text("FAIL"));
  }

  private RexNode size(RexNode value) {
    return plan.call(SqlStdOperatorTable.ABS, value);
  }

  private RexNode exact(BigDecimal number) {
    return plan.rexBuilder().makeExactLiteral(number);
  }
}
