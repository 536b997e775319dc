package io.plumbline.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.SqlParserUtil.ToTreeListItem;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * PostgreSQL's infix operators, and what the grammar does when it meets one. Public for the
 * generated parser only.
 */
public final class InfixOperators {

  private static final int ABOVE_ARITHMETIC = 70;
  private static final int ABOVE_MULTIPLICATION = 66;
  private static final int ABOVE_COMPARISON = 36;

  /** {@code timestamp AT TIME ZONE zone}. */
  public static final SqlBinaryOperator AT_TIME_ZONE =
      operator("AT TIME ZONE", ABOVE_ARITHMETIC, PostgresReturnTypes.AT_TIME_ZONE);

  /** {@code json -> key}. */
  public static final SqlBinaryOperator ARROW =
      operator("->", ABOVE_COMPARISON, PostgresReturnTypes.TEXT);

  /** {@code json ->> key}. */
  public static final SqlBinaryOperator ARROW_TEXT =
      operator("->>", ABOVE_COMPARISON, PostgresReturnTypes.TEXT);

  /** {@code json #> path}. */
  public static final SqlBinaryOperator PATH_ARROW =
      operator("#>", ABOVE_COMPARISON, PostgresReturnTypes.TEXT);

  /** {@code json #>> path}. */
  public static final SqlBinaryOperator PATH_ARROW_TEXT =
      operator("#>>", ABOVE_COMPARISON, PostgresReturnTypes.TEXT);

  /** {@code a @> b}: a contains b. */
  public static final SqlBinaryOperator CONTAINS =
      operator("@>", ABOVE_COMPARISON, PostgresReturnTypes.BOOLEAN);

  /** {@code a <@ b}: a is contained in b. */
  public static final SqlBinaryOperator CONTAINED_IN =
      operator("<@", ABOVE_COMPARISON, PostgresReturnTypes.BOOLEAN);

  /** {@code a || b}: at least one of them is a text or an array. */
  public static final SqlBinaryOperator JOINED =
      operator("||", ABOVE_COMPARISON, PostgresReturnTypes.JOINED);

  /** {@code a ^ b}: a to the power of b. */
  public static final SqlBinaryOperator RAISED_TO =
      operator("^", ABOVE_MULTIPLICATION, PostgresReturnTypes.NUMERIC_OR_DOUBLE);

  private InfixOperators() {}

  private static SqlBinaryOperator operator(
      String name, int precedence, SqlReturnTypeInference type) {
    return new SqlBinaryOperator(
        name, SqlKind.OTHER, precedence, true, type, null, OperandTypes.ANY_ANY);
  }

  static List<SqlOperator> all() {
    return List.of(
        AT_TIME_ZONE,
        ARROW,
        ARROW_TEXT,
        PATH_ARROW,
        PATH_ARROW_TEXT,
        CONTAINS,
        CONTAINED_IN,
        JOINED,
        RAISED_TO);
  }

  /**
   * Casts the last operand of the operators and operands read so far, with the field and element
   * accesses that belong to it.
   */
  public static void castLastOperand(List<Object> list, SqlNode type, SqlParserPos position) {
    int from = list.size() - 1;
    while (from > 0 && belongsToOperand(list.get(from - 1))) {
      from -= isPrefix(list.get(from - 1)) ? 1 : 2;
    }
    List<Object> operand = new ArrayList<>(list.subList(from, list.size()));
    SqlNode value = SqlParserUtil.toTree(operand);
    list.subList(from, list.size()).clear();
    list.add(
        SqlStdOperatorTable.CAST.createCall(value.getParserPosition().plus(position), value, type));
  }

  private static boolean belongsToOperand(Object item) {
    return item instanceof ToTreeListItem operator
        && switch (operator.getOperator().getKind()) {
          case DOT, ITEM, COLON, EXISTS -> true;
          default -> false;
        };
  }

  private static boolean isPrefix(Object item) {
    return item instanceof ToTreeListItem operator
        && operator.getOperator().getKind() == SqlKind.EXISTS;
  }

  /** A text such as {@code 1 month 3 days} as a sum of the standard's intervals. */
  public static SqlNode interval(String text, SqlParserPos position) {
    return new IntervalText(text, position).toNode();
  }
}
