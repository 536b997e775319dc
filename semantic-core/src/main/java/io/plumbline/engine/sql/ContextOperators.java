package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What {@code aggregate(metric) at (...)} changes of the context, as calls that the metric's
 * aggregate carries with it up to the lowering of metrics. No text can name them.
 */
public final class ContextOperators {

  /** {@code previous N periods}. */
  public static final SqlFunction PREVIOUS =
      change("PREVIOUS PERIODS", OperandTypes.NUMERIC, InferTypes.FIRST_KNOWN);

  /** {@code same period last year}. */
  public static final SqlFunction LAST_YEAR =
      change("SAME PERIOD LAST YEAR", OperandTypes.NILADIC, InferTypes.FIRST_KNOWN);

  /** {@code all}, or {@code all dimension, ...}. */
  public static final SqlFunction ALL =
      change("ALL OF", OperandTypes.VARIADIC, InferTypes.FIRST_KNOWN);

  /** {@code dimension = value}. */
  public static final SqlFunction INSTEAD =
      change(
          "INSTEAD OF",
          OperandTypes.COMPARABLE_UNORDERED_COMPARABLE_UNORDERED,
          InferTypes.FIRST_KNOWN);

  /** {@code on date}. */
  public static final SqlFunction ON =
      change("ON DAY", OperandTypes.DATETIME, parameterOf(SqlTypeName.DATE));

  /** {@code known timestamp}. */
  public static final SqlFunction KNOWN =
      change("AS KNOWN", OperandTypes.DATETIME, parameterOf(SqlTypeName.TIMESTAMP));

  /** {@code benchmark}. */
  public static final SqlFunction BENCHMARK =
      change("BENCHMARK", OperandTypes.NILADIC, InferTypes.FIRST_KNOWN);

  private static final Set<String> EVALUATING = Set.of("AGGREGATE", "MEASURE", "AGG", "SUM");

  private static final String FORMS =
      "previous period, previous N periods, same period last year, all, all <dimension>,"
          + " <dimension> = <value>, on <date>, known <timestamp>, benchmark";

  private ContextOperators() {}

  private static SqlOperandTypeInference parameterOf(SqlTypeName type) {
    return (binding, returned, operands) ->
        Arrays.fill(operands, binding.getTypeFactory().createSqlType(type));
  }

  private static SqlFunction change(
      String name, SqlOperandTypeChecker operands, SqlOperandTypeInference parameters) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NOT_NULL,
        parameters,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  static List<SqlOperator> all() {
    return List.of(PREVIOUS, LAST_YEAR, ALL, INSTEAD, ON, KNOWN, BENCHMARK);
  }

  static boolean isChanged(SqlCall call) {
    return call.getOperator() == MetricOperators.AGGREGATE_AT;
  }

  // ---- what the grammar asks ----

  /** Whether two words can begin a change of context; else they are names of columns. */
  static boolean begins(Token first, Token second) {
    return first.kind == PlumblineGrammarConstants.ALL
        || first.kind == PlumblineGrammarConstants.ON
        || isBenchmark(first.image)
        || !ends(first) && !ends(second);
  }

  /** Whether a word begins its change, and is no dimension of that name. */
  public static boolean begins(String word, Token first, Token second) {
    return first.image.toUpperCase(Locale.ROOT).equals(word)
        && !ends(second)
        && second.kind != PlumblineGrammarConstants.EQ
        && second.kind != PlumblineGrammarConstants.DOT;
  }

  /** Whether what follows a comma is another dimension of {@code all}. */
  public static boolean isDimension(Token comma, Token name, Token next) {
    return comma.kind == PlumblineGrammarConstants.COMMA
        && name.kind != PlumblineGrammarConstants.ALL
        && name.kind != PlumblineGrammarConstants.ON
        && (ends(next) || next.kind == PlumblineGrammarConstants.DOT);
  }

  private static boolean ends(Token token) {
    return token.kind == PlumblineGrammarConstants.COMMA
        || token.kind == PlumblineGrammarConstants.RPAREN
        || token.kind == PlumblineGrammarConstants.EOF;
  }

  /** {@code previous period}, {@code previous N periods}. */
  public static SqlNode previous(@Nullable SqlNode count, SqlNode word, SqlParserPos position) {
    if (!is(word, count == null ? "PERIOD" : "PERIODS") && !is(word, "PERIOD")) {
      throw notAChange(position);
    }
    return PREVIOUS.createCall(
        position, count == null ? SqlLiteral.createExactNumeric("1", position) : count);
  }

  /** {@code dimension = value}, or the one word without a value: {@code benchmark}. */
  public static SqlNode instead(SqlNode dimension, @Nullable SqlNode value, SqlParserPos position) {
    if (value != null) {
      return INSTEAD.createCall(position, dimension, value);
    }
    if (isBenchmark(dimension.toString())) {
      return BENCHMARK.createCall(position);
    }
    throw notAChange(position);
  }

  private static boolean isBenchmark(String word) {
    return word.toUpperCase(Locale.ROOT).equals("BENCHMARK");
  }

  /** {@code same period last year}; the first word was read. */
  public static SqlNode lastYear(List<SqlNode> words, SqlParserPos position) {
    if (!is(words.get(0), "PERIOD") || !is(words.get(1), "LAST") || !is(words.get(2), "YEAR")) {
      throw notAChange(position);
    }
    return LAST_YEAR.createCall(position);
  }

  private static boolean is(SqlNode word, String text) {
    return word.toString().toUpperCase(Locale.ROOT).equals(text);
  }

  private static QueryException notAChange(SqlParserPos position) {
    return new QueryException(
        SqlState.SYNTAX_ERROR, place(position), "at (...) takes one or more of: " + FORMS);
  }

  private static Place place(SqlParserPos position) {
    return new Place(position.getLineNum(), position.getColumnNum());
  }

  /**
   * Puts changes into the aggregate that was read last.
   *
   * @param filter of a FILTER behind them
   */
  public static void changeLastOperand(
      List<Object> list, List<SqlNode> changes, @Nullable SqlNode filter, SqlParserPos position) {
    int last = list.size() - 1;
    Object operand = list.get(last);
    boolean filtered = operand instanceof SqlCall call && call.getKind() == SqlKind.FILTER;
    SqlNode changed =
        filtered
            ? filtered(
                changed(((SqlCall) operand).operand(0), changes, position),
                ((SqlCall) operand).operand(1))
            : changed(operand, changes, position);
    list.set(last, filter == null ? changed : filtered(changed, filter));
  }

  private static SqlNode filtered(SqlNode call, SqlNode condition) {
    return SqlStdOperatorTable.FILTER.createCall(call.getParserPosition(), call, condition);
  }

  private static SqlNode changed(Object operand, List<SqlNode> changes, SqlParserPos position) {
    if (operand instanceof SqlBasicCall call
        && call.operandCount() == 1
        && EVALUATING.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      List<SqlNode> operands = new ArrayList<>(call.getOperandList());
      operands.addAll(changes);
      return MetricOperators.AGGREGATE_AT.createCall(
          call.getFunctionQuantifier(),
          call.getParserPosition().plus(position),
          operands.toArray(new SqlNode[0]));
    }
    throw new QueryException(
        SqlState.SYNTAX_ERROR,
        place(position),
        "at (...) stands behind the aggregate of a metric: aggregate(metric) at (previous period)");
  }
}
