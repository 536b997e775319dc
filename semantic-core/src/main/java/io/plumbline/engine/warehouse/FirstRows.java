package io.plumbline.engine.warehouse;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Asks for the first row of each partition in words that PostgreSQL estimates well:
 *
 * <pre>
 *   row_number() over (...) = 1  =>  row_number() over (...) &lt;= 1
 * </pre>
 *
 * Of the equality it expects one row in two hundred, and joins them row by row, over and over
 * again. The inequality becomes a condition of the window itself, whose rows it expects to stay.
 */
final class FirstRows extends RexShuttle {

  private final RelNode node;
  private final RexBuilder rexBuilder;

  private FirstRows(RelNode node) {
    this.node = node;
    this.rexBuilder = node.getCluster().getRexBuilder();
  }

  /** The same condition or join, in these words. */
  static RelNode reworded(RelNode node) {
    return node instanceof Filter || node instanceof Join ? node.accept(new FirstRows(node)) : node;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    return call.getKind() == SqlKind.EQUALS
            && (isFirst(call.operands.get(0), call.operands.get(1))
                || isFirst(call.operands.get(1), call.operands.get(0)))
        ? atMostFirst(call)
        : super.visitCall(call);
  }

  private RexNode atMostFirst(RexCall call) {
    boolean leads = call.operands.get(0) instanceof RexInputRef;
    return rexBuilder.makeCall(
        SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
        call.operands.get(leads ? 0 : 1),
        call.operands.get(leads ? 1 : 0));
  }

  private boolean isFirst(RexNode column, RexNode number) {
    return column instanceof RexInputRef ref
        && number instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && value.compareTo(BigDecimal.ONE) == 0
        && (node instanceof Join join
            ? isRowNumber(join, ref.getIndex())
            : isRowNumber(node.getInput(0), ref.getIndex()));
  }

  private static boolean isRowNumber(RelNode rel, int column) {
    if (rel instanceof Project project) {
      RexNode expression = project.getProjects().get(column);
      return expression instanceof RexInputRef ref
          ? isRowNumber(project.getInput(), ref.getIndex())
          : expression instanceof RexOver over && over.getKind() == SqlKind.ROW_NUMBER;
    }
    if (rel instanceof Join join) {
      int left = join.getLeft().getRowType().getFieldCount();
      return column < left
          ? isRowNumber(join.getLeft(), column)
          : join.getJoinType().projectsRight() && isRowNumber(join.getRight(), column - left);
    }
    return (rel instanceof Filter || rel instanceof Sort) && isRowNumber(rel.getInput(0), column);
  }
}
