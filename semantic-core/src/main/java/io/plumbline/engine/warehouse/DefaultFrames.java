package io.plumbline.engine.warehouse;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;

/**
 * Leaves a window's frame unsaid where it is the one that SQL means without it. PostgreSQL
 * evaluates functions over the same window in one pass, but only if their frames are written alike,
 * and functions of rank have none.
 */
final class DefaultFrames {

  private DefaultFrames() {}

  /** The same call of OVER, without a frame if that is the default. */
  static SqlCall unsaid(SqlCall over) {
    return over.operand(1) instanceof SqlWindow window && isDefault(window)
        ? over.getOperator()
            .createCall(over.getParserPosition(), over.operand(0), withoutFrame(window))
        : over;
  }

  private static boolean isDefault(SqlWindow window) {
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    return !window.isRows()
        && lower != null
        && upper != null
        && SqlWindow.isUnboundedPreceding(lower)
        && SqlWindow.isExcludeNoOthers(window.getExclude())
        && endsAtPeers(window, upper);
  }

  /** Without an order all rows are peers of the current one. */
  private static boolean endsAtPeers(SqlWindow window, SqlNode upper) {
    return SqlWindow.isCurrentRow(upper)
        || window.getOrderList().isEmpty() && SqlWindow.isUnboundedFollowing(upper);
  }

  private static SqlNode withoutFrame(SqlWindow window) {
    SqlWindow copy = (SqlWindow) window.clone(window.getParserPosition());
    copy.setLowerBound(null);
    copy.setUpperBound(null);
    return copy;
  }
}
