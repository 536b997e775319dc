package io.plumbline.engine.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of JDBC and of other dialects, said with those that we have. */
final class FunctionAliases {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("UCASE", "UPPER"),
          Map.entry("LCASE", "LOWER"),
          Map.entry("LEN", "LENGTH"),
          Map.entry("IFNULL", "COALESCE"),
          Map.entry("NVL", "COALESCE"),
          Map.entry("RAND", "RANDOM"),
          Map.entry("TRUNCATE", "TRUNC"),
          Map.entry("LOG10", "LOG"),
          Map.entry("POW", "POWER"),
          Map.entry("CHAR", "CHR"),
          Map.entry("VARIANCE", "VAR_SAMP"),
          Map.entry("STDDEV", "STDDEV_SAMP"),
          Map.entry("STARTSWITH", "STARTS_WITH"),
          Map.entry("CURDATE", "CURRENT_DATE"),
          Map.entry("EVERY", "BOOL_AND"),
          Map.entry("CEIL", "CEILING"));

  private static final Map<String, TimeUnit> PARTS =
      Map.ofEntries(
          Map.entry("YEAR", TimeUnit.YEAR),
          Map.entry("QUARTER", TimeUnit.QUARTER),
          Map.entry("MONTH", TimeUnit.MONTH),
          Map.entry("WEEK", TimeUnit.WEEK),
          Map.entry("DAY", TimeUnit.DAY),
          Map.entry("DAYOFMONTH", TimeUnit.DAY),
          Map.entry("DAYOFYEAR", TimeUnit.DOY),
          Map.entry("HOUR", TimeUnit.HOUR),
          Map.entry("MINUTE", TimeUnit.MINUTE),
          Map.entry("SECOND", TimeUnit.SECOND));

  private static final Set<String> UNIT_FIRST =
      Set.of("DATEDIFF", "DATEADD", "TIMESTAMPADD", "TIMESTAMPDIFF", "DATE_DIFF", "DATE_ADD");

  private final String name;
  private final SqlCall call;
  private final SqlParserPos position;

  private FunctionAliases(SqlCall call) {
    this.name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    this.call = call;
    this.position = call.getParserPosition();
  }

  static SqlNode rewritten(SqlCall call) {
    return new FunctionAliases(call).rewritten();
  }

  private SqlNode rewritten() {
    int count = call.operandCount();
    if (PARTS.containsKey(name) && count == 1) {
      return part(PARTS.get(name), arg(0));
    }
    if (UNIT_FIRST.contains(name) && count == 3) {
      return new DateFunctions(position).unitFirst(name, arg(0), arg(1), arg(2), call);
    }
    return switch (name) {
      case "DATE_TRUNC" -> count == 2 ? truncated() : call;
      case "TIMESTAMP_TRUNC", "DATETIME_TRUNC" -> count == 2 ? truncated() : call;
      case "DATE_ADD", "ADD_DATE" -> count == 2 ? plus(arg(0), arg(1)) : call;
      case "DATE_SUB" -> count == 2 ? Arithmetic.MINUS.createCall(position, arg(0), arg(1)) : call;
      case "DAYOFWEEK" -> count == 1 ? plus(part(TimeUnit.DOW, arg(0)), number(1)) : call;
      case "LOCATE" -> count == 2 ? function("STRPOS", arg(1), arg(0)) : call;
      case "INSTR" -> count == 2 ? function("STRPOS", arg(0), arg(1)) : call;
      case "SPACE" -> count == 1 ? function("REPEAT", text(" "), arg(0)) : call;
      case "IF", "IIF" -> count == 3 ? condition() : call;
      case "ENDSWITH", "ENDS_WITH" -> count == 2 ? endsWith() : call;
      case "CONTAINS" -> count == 2 ? contains() : call;
      case "APPROX_COUNT_DISTINCT", "APPROX_DISTINCT" -> count == 1 ? distinctCount() : call;
      case "ANY_VALUE" -> count == 1 ? function("MIN", arg(0)) : call;
      case "COUNT_IF", "COUNTIF" -> count == 1 ? countIf() : call;
      case "MEDIAN" -> count == 1 ? median() : call;
      case "AGE" -> count == 1 ? ageToday() : call;
      case "DATE" -> count == 1 ? new DateFunctions(position).cast(arg(0), SqlTypeName.DATE) : call;
      case "LAST_DAY" -> count == 1 ? lastDay() : call;
      case "ADD_MONTHS" -> count == 2 ? plus(arg(0), months(arg(1))) : call;
      case "ZEROIFNULL" -> count == 1 ? function("COALESCE", arg(0), number(0)) : call;
      case "CURRENT_DATE", "CURRENT_TIMESTAMP" ->
          count == 0 ? new SqlIdentifier(name, position) : call;
      case "CURDATE" -> new SqlIdentifier("CURRENT_DATE", position);
      default -> NAMES.containsKey(name) ? renamed(NAMES.getOrDefault(name, name)) : call;
    };
  }

  private SqlNode arg(int i) {
    return call.operand(i);
  }

  private SqlNode renamed(String to) {
    return unresolved(to).createCall(call.getFunctionQuantifier(), position, call.getOperandList());
  }

  private SqlNode function(String to, SqlNode... arguments) {
    return unresolved(to).createCall(position, arguments);
  }

  private SqlUnresolvedFunction unresolved(String to) {
    return new SqlUnresolvedFunction(
        new SqlIdentifier(to, position),
        null,
        null,
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  /** {@code DATE_TRUNC('month', x)}, {@code DATE_TRUNC(month, x)} and {@code (x, MONTH)}. */
  private SqlNode truncated() {
    boolean unitLast =
        !(arg(0) instanceof SqlCharStringLiteral)
            && arg(1) instanceof SqlIdentifier last
            && DateFunctions.isUnit(last);
    SqlNode unit = unitLast ? arg(1) : arg(0);
    SqlNode moment = unitLast ? arg(0) : arg(1);
    SqlNode unitText =
        unit instanceof SqlIdentifier id && DateFunctions.isUnit(id)
            ? text(id.getSimple().toLowerCase(Locale.ROOT))
            : lowered(unit);
    return PostgresFunctions.DATE_TRUNC.createCall(position, unitText, moment);
  }

  private SqlNode lowered(SqlNode unit) {
    return unit instanceof SqlCharStringLiteral literal && literal.toValue() != null
        ? text(literal.toValue().toLowerCase(Locale.ROOT))
        : unit;
  }

  private SqlNode part(TimeUnit unit, SqlNode moment) {
    SqlNode number =
        Extract.INSTANCE.createCall(
            position, new SqlIntervalQualifier(unit, null, position), moment);
    return SqlStdOperatorTable.CAST.createCall(
        position,
        number,
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.INTEGER, position), position));
  }

  private SqlNode plus(SqlNode a, SqlNode b) {
    return Arithmetic.PLUS.createCall(position, a, b);
  }

  private SqlNode months(SqlNode count) {
    return new DateFunctions(position).times(count, TimeUnit.MONTH, 1);
  }

  private SqlNode condition() {
    return new SqlCase(
        position,
        null,
        new SqlNodeList(List.of(arg(0)), position),
        new SqlNodeList(List.of(arg(1)), position),
        arg(2));
  }

  private SqlNode endsWith() {
    return SqlStdOperatorTable.EQUALS.createCall(
        position,
        function("RIGHT", arg(0), function("LENGTH", DateFunctions.copy(arg(1)))),
        arg(1));
  }

  private SqlNode contains() {
    return SqlStdOperatorTable.GREATER_THAN.createCall(
        position, function("STRPOS", arg(0), arg(1)), number(0));
  }

  private SqlNode distinctCount() {
    return SqlStdOperatorTable.COUNT.createCall(
        SqlSelectKeyword.DISTINCT.symbol(position), position, arg(0));
  }

  private SqlNode countIf() {
    SqlNode count = SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position));
    return SqlStdOperatorTable.FILTER.createCall(position, count, arg(0));
  }

  private SqlNode median() {
    SqlNode half =
        SqlStdOperatorTable.PERCENTILE_CONT.createCall(
            position, SqlLiteral.createExactNumeric("0.5", position));
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(
        position, half, new SqlNodeList(List.of(arg(0)), position));
  }

  /** Said with the current date, so that it follows whatever the session takes for today. */
  private SqlNode ageToday() {
    SqlNode today = new SqlIdentifier("CURRENT_DATE", position);
    return PostgresFunctions.AGE.createCall(
        position, new DateFunctions(position).cast(today, SqlTypeName.TIMESTAMP), arg(0));
  }

  private SqlNode lastDay() {
    DateFunctions dates = new DateFunctions(position);
    SqlNode month = PostgresFunctions.DATE_TRUNC.createCall(position, text("month"), arg(0));
    SqlNode next = plus(month, dates.interval(TimeUnit.MONTH, 1));
    SqlNode last = Arithmetic.MINUS.createCall(position, next, dates.interval(TimeUnit.DAY, 1));
    return dates.cast(last, SqlTypeName.DATE);
  }

  private SqlNode text(String value) {
    return SqlLiteral.createCharString(value, position);
  }

  private SqlNode number(int value) {
    return SqlLiteral.createExactNumeric(String.valueOf(value), position);
  }
}
