package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Turns what was written into the operators that we plan with. Works from the leaves up. */
final class DialectRewriter extends SqlShuttle {

  static SqlNode rewritten(SqlNode statement) {
    SqlNode result = statement.accept(new DialectRewriter());
    return result == null ? statement : result;
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlCharStringLiteral text
        && text.toValue() != null
        && text.toValue().indexOf('\0') >= 0) {
      throw new QueryException(
          SqlState.INVALID_CHARACTER,
          new Place(
              literal.getParserPosition().getLineNum(), literal.getParserPosition().getColumnNum()),
          "the character with the number 0 can't stand in a text");
    }
    if (literal instanceof SqlCharStringLiteral text
        && text.getValueAs(org.apache.calcite.util.NlsString.class).getCharsetName() != null) {
      return SqlLiteral.createCharString(
          text.toValue() == null ? "" : text.toValue(), text.getParserPosition());
    }
    return literal instanceof SqlUnknownLiteral unknown ? moment(unknown) : literal;
  }

  private static SqlNode moment(SqlUnknownLiteral literal) {
    String text = literal.getValue();
    SqlParserPos position = literal.getParserPosition();
    return switch (literal.tag) {
      case "TIME" -> plain("TIME", MomentText.time(text).orElse(text), position);
      case "TIMESTAMP" -> plain("TIMESTAMP", MomentText.timestamp(text).orElse(text), position);
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
          MomentText.instant(text, position)
              .orElseGet(() -> SqlLiteral.createUnknown(literal.tag, text, position));
      default -> literal;
    };
  }

  private static SqlLiteral plain(String tag, String text, SqlParserPos position) {
    return SqlLiteral.createUnknown(tag, text, position);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlOrderBy order
        && order.query instanceof SqlSelect select
        && DistinctOn.isIn(select)) {
      SqlNode rest = new DistinctOn(select, order.orderList).rewritten();
      return super.visit(
          new SqlOrderBy(
              order.getParserPosition(), rest, order.orderList, order.offset, order.fetch));
    }
    if (call instanceof SqlSelect select && DistinctOn.isIn(select)) {
      return super.visit((SqlCall) new DistinctOn(select, SqlNodeList.EMPTY).rewritten());
    }
    SqlNode result = super.visit(call);
    return result instanceof SqlCall rewritten ? afterOperands(rewritten) : result;
  }

  private static SqlNode afterOperands(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (operator instanceof SqlUnresolvedFunction) {
      return FunctionAliases.rewritten(call);
    }
    if (operator instanceof SqlQuantifyOperator) {
      return AnyOfArray.rewritten(call);
    }
    return switch (call.getKind()) {
      case AS -> seriesAlias(call);
      case WITHIN_GROUP -> mode(call);
      case STRING_AGG -> orderedList(call);
      case CAST -> CastRewriter.rewritten(call);
      case IS_NULL, IS_NOT_NULL -> typedParameter(call);
      case PLUS -> with(Arithmetic.PLUS, SqlStdOperatorTable.PLUS, call);
      case MINUS -> with(Arithmetic.MINUS, SqlStdOperatorTable.MINUS, call);
      case TIMES -> with(Arithmetic.TIMES, SqlStdOperatorTable.MULTIPLY, call);
      case DIVIDE -> with(Arithmetic.DIVIDED_BY, SqlStdOperatorTable.DIVIDE, call);
      case PERCENTILE_CONT ->
          with(PostgresAggregates.PERCENTILE_CONT, SqlStdOperatorTable.PERCENTILE_CONT, call);
      case EXTRACT -> with(Extract.INSTANCE, SqlStdOperatorTable.EXTRACT, call);
      default -> call;
    };
  }

  /** {@code ? IS NULL} says nothing about the type, which the warehouse wants to know. */
  private static SqlNode typedParameter(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    return call.operand(0) instanceof SqlDynamicParam parameter
        ? call.getOperator().createCall(position, CastRewriter.text(parameter, position))
        : call;
  }

  private static SqlNode with(SqlOperator ours, SqlOperator standard, SqlCall call) {
    return call.getOperator() == standard
        ? ours.createCall(call.getParserPosition(), call.getOperandList())
        : call;
  }

  /** {@code STRING_AGG(x, ',' ORDER BY y)} the standard's way, which FILTER may stand behind. */
  private static SqlNode orderedList(SqlCall call) {
    int last = call.operandCount() - 1;
    if (last < 1 || !(call.operand(last) instanceof SqlNodeList order)) {
      return call;
    }
    SqlNode aggregate =
        SqlStdOperatorTable.LISTAGG.createCall(
            call.getFunctionQuantifier(),
            call.getParserPosition(),
            call.getOperandList().subList(0, last));
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(call.getParserPosition(), aggregate, order);
  }

  private static SqlNode mode(SqlCall call) {
    SqlCall aggregate = call.operand(0);
    SqlNodeList order = call.operand(1);
    boolean mode =
        aggregate.getOperator().getName().equalsIgnoreCase(PostgresAggregates.MODE.getName())
            && aggregate.operandCount() == 0
            && order.size() == 1;
    return mode ? PostgresAggregates.MODE.createCall(call.getParserPosition(), order.get(0)) : call;
  }

  /** {@code generate_series(1, 3) AS n}: the alias names the column, too. */
  private static SqlNode seriesAlias(SqlCall as) {
    SqlNode table = as.operand(0);
    boolean series =
        as.operandCount() == 2
            && table.getKind() == SqlKind.COLLECTION_TABLE
            && ((SqlCall) table).operand(0) instanceof SqlCall function
            && function.getOperator().getName().equalsIgnoreCase(GenerateSeries.NAME);
    return series
        ? SqlStdOperatorTable.AS.createCall(
            as.getParserPosition(),
            table,
            as.operand(1),
            as.operand(1).clone(as.operand(1).getParserPosition()))
        : as;
  }

  /** {@code x = ANY (ARRAY[a, b])} and {@code x = ANY ('{a,b}')} are {@code x IN (a, b)}. */
  private static final class AnyOfArray {
    static SqlNode rewritten(SqlCall call) {
      SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
      List<SqlNode> elements = elements(call.operand(1));
      boolean in = operator.getKind() == SqlKind.SOME && operator.comparisonKind == SqlKind.EQUALS;
      boolean notIn =
          operator.getKind() == SqlKind.ALL && operator.comparisonKind == SqlKind.NOT_EQUALS;
      if (elements.isEmpty() || !in && !notIn) {
        return call;
      }
      SqlParserPos position = call.getParserPosition();
      SqlOperator ours = in ? SqlStdOperatorTable.IN : SqlStdOperatorTable.NOT_IN;
      return ours.createCall(position, call.operand(0), new SqlNodeList(elements, position));
    }

    private static List<SqlNode> elements(SqlNode set) {
      if (!(set instanceof SqlNodeList list) || list.size() != 1) {
        return List.of();
      }
      SqlNode only = list.get(0);
      if (only.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
        return ((SqlCall) only).getOperandList();
      }
      return only instanceof SqlCharStringLiteral text && text.toValue() != null
          ? ofText(text.toValue(), only.getParserPosition())
          : List.of();
    }

    /** The simple form of PostgreSQL's array texts only: no quotes, no nesting. */
    private static List<SqlNode> ofText(String text, SqlParserPos position) {
      String body = text.strip();
      if (!body.startsWith("{") || !body.endsWith("}") || body.contains("\"")) {
        return List.of();
      }
      return java.util.Arrays.stream(body.substring(1, body.length() - 1).split(",", -1))
          .map(element -> (SqlNode) SqlLiteral.createCharString(element.strip(), position))
          .toList();
    }
  }
}
