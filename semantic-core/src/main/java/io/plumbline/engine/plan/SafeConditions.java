package io.plumbline.engine.plan;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Conditions that may be evaluated on rows which a row filter hides: a column against literals of
 * its own type, which can neither fail nor be slow enough to tell anything. They let the warehouse
 * use its indexes below the fence.
 */
final class SafeConditions {

  private static final Set<SqlKind> COMPARISONS =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);

  private SafeConditions() {}

  static boolean isSafe(RexNode condition) {
    return switch (condition.getKind()) {
      case IS_NULL, IS_NOT_NULL -> operand(condition, 0) instanceof RexInputRef;
      case SEARCH -> compares(operand(condition, 0), operand(condition, 1));
      case AND, OR -> ((RexCall) condition).getOperands().stream().allMatch(SafeConditions::isSafe);
      default ->
          COMPARISONS.contains(condition.getKind())
              && (compares(operand(condition, 0), operand(condition, 1))
                  || compares(operand(condition, 1), operand(condition, 0)));
    };
  }

  private static RexNode operand(RexNode condition, int i) {
    return ((RexCall) condition).getOperands().get(i);
  }

  private static boolean compares(RexNode column, RexNode literal) {
    return column instanceof RexInputRef
        && literal instanceof RexLiteral value
        && !value.isNull()
        && family(column) != null
        && family(column).equals(family(literal));
  }

  private static final List<SqlTypeFamily> FAMILIES =
      List.of(
          SqlTypeFamily.CHARACTER,
          SqlTypeFamily.NUMERIC,
          SqlTypeFamily.DATE,
          SqlTypeFamily.TIMESTAMP,
          SqlTypeFamily.BOOLEAN);

  private static @org.jspecify.annotations.Nullable SqlTypeFamily family(RexNode value) {
    SqlTypeName name = value.getType().getSqlTypeName();
    return FAMILIES.stream().filter(f -> f.getTypeNames().contains(name)).findFirst().orElse(null);
  }
}
