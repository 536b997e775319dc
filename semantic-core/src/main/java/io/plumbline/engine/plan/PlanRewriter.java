package io.plumbline.engine.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Rewrites every relation of a plan, those in subqueries of expressions included, which a shuttle
 * by itself does not visit.
 */
abstract class PlanRewriter extends RelHomogeneousShuttle {

  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
          return rewritten((RexCall) super.visitCall(call));
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
          RexSubQuery operands = (RexSubQuery) super.visitSubQuery(subQuery);
          RelNode rewritten = operands.rel.accept(PlanRewriter.this);
          return rewritten == operands.rel ? operands : operands.clone(rewritten);
        }
      };

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(expressions);
  }

  /** What stands in the place of a call whose operands have been rewritten. */
  RexNode rewritten(RexCall call) {
    return call;
  }
}
