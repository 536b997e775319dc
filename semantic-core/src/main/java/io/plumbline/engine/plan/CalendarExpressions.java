package io.plumbline.engine.plan;

import com.google.common.collect.ImmutableList;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over time columns to Java, so that the planner knows which days a filter
 * selects and what a period is called. Constants are folded while compiling.
 */
final class CalendarExpressions {

  /** An interval: calendar months and exact time. */
  record Span(long months, Duration time) {
    Span times(BigDecimal factor) {
      return new Span(
          factor.multiply(BigDecimal.valueOf(months)).longValue(),
          Duration.ofMillis(factor.multiply(BigDecimal.valueOf(time.toMillis())).longValue()));
    }
  }

  private final RexBuilder rexBuilder;
  private final LocalDate asOf;
  private final ZoneId zone;

  /**
   * @param asOf what {@code current_date} means
   * @param zone the reporting zone, in which instants are read
   */
  CalendarExpressions(RexBuilder rexBuilder, LocalDate asOf, ZoneId zone) {
    this.rexBuilder = rexBuilder;
    this.asOf = asOf;
    this.zone = zone;
  }

  /**
   * The expression in Java.
   *
   * @throws QueryException if it has a function that is not one of the calendar's
   */
  CalendarExpression compile(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return columns -> columns.apply(ref.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      Object value = literalValue(literal);
      return columns -> value;
    }
    if (node instanceof RexDynamicParam) {
      throw new ParameterNeededException();
    }
    if (node instanceof RexCall call) {
      CalendarExpression compiled = refusingBadDates(compileCall(call));
      if (RexUtil.isConstant(call)) {
        Object value = compiled.evaluate(i -> null);
        return columns -> value;
      }
      return compiled;
    }
    throw unsupported(node);
  }

  private static CalendarExpression refusingBadDates(CalendarExpression expression) {
    return columns -> {
      try {
        return expression.evaluate(columns);
      } catch (DateTimeException e) {
        throw new QueryException(
            SqlState.INVALID_PARAMETER, "a time expression gives no date: " + e.getMessage());
      }
    };
  }

  private CalendarExpression compileCall(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH) {
      return compile(RexUtil.expandSearch(rexBuilder, null, call));
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.getKind() == SqlKind.CASE) {
      return CalendarLogic.caseOf(compileAll(call.getOperands()));
    }
    List<CalendarExpression> operands = compileAll(call.getOperands());
    return switch (call.getKind()) {
      case AND -> columns -> CalendarLogic.and(operands, columns);
      case OR -> columns -> CalendarLogic.or(operands, columns);
      case NOT -> CalendarLogic.unary(operands, value -> !(Boolean) value);
      case IS_NULL -> columns -> operands.get(0).evaluate(columns) == null;
      case IS_NOT_NULL -> columns -> operands.get(0).evaluate(columns) != null;
      case IS_TRUE -> columns -> Boolean.TRUE.equals(operands.get(0).evaluate(columns));
      case IS_FALSE -> columns -> Boolean.FALSE.equals(operands.get(0).evaluate(columns));
      case IS_NOT_TRUE -> columns -> !Boolean.TRUE.equals(operands.get(0).evaluate(columns));
      case IS_NOT_FALSE -> columns -> !Boolean.FALSE.equals(operands.get(0).evaluate(columns));
      case EQUALS -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) == 0);
      case NOT_EQUALS -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) != 0);
      case LESS_THAN -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) < 0);
      case LESS_THAN_OR_EQUAL -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) <= 0);
      case GREATER_THAN -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) > 0);
      case GREATER_THAN_OR_EQUAL -> CalendarLogic.binary(operands, (a, b) -> compare(a, b) >= 0);
      case PLUS -> CalendarLogic.binary(operands, CalendarExpressions::add);
      case MINUS -> minus(operands);
      case TIMES -> CalendarLogic.binary(operands, CalendarExpressions::multiply);
      case DIVIDE -> CalendarLogic.binary(operands, (a, b) -> divide(number(a), number(b), call));
      case MINUS_PREFIX -> CalendarLogic.unary(operands, CalendarExpressions::negate);
      case COALESCE -> columns -> CalendarLogic.coalesce(operands, columns);
      case CAST, SAFE_CAST -> CalendarLogic.unary(operands, value -> cast(value, call));
      case REINTERPRET -> operands.get(0);
      case FLOOR -> floor(call, operands);
      case EXTRACT -> extract(CalendarUnits.unitOf(call.getOperands().get(0)), operands.get(1));
      default -> function(name, call, operands);
    };
  }

  private CalendarExpression function(
      String name, RexCall call, List<CalendarExpression> operands) {
    return switch (name) {
      case "CURRENT_DATE" -> columns -> asOf;
      case "CURRENT_TIMESTAMP", "NOW", "LOCALTIMESTAMP", "GETDATE" -> {
        LocalDateTime now = asOf.plusDays(1).atStartOfDay().minus(1, ChronoUnit.MICROS);
        yield columns -> now;
      }
      case "DATE_TRUNC" ->
          truncateTo(CalendarUnits.grainOf(call.getOperands().get(0)), operands.get(1));
      case "DATE_PART" -> extract(CalendarUnits.unitOf(call.getOperands().get(0)), operands.get(1));
      case "YEAR", "QUARTER", "MONTH", "WEEK", "DAYOFMONTH", "DAYOFYEAR", "DAYOFWEEK" ->
          operands.size() == 1
              ? extract(CalendarUnits.unitNamed(name), operands.get(0))
              : refuse(call);
      case "MAKE_DATE" ->
          columns ->
              LocalDate.of(
                  number(operands.get(0).evaluate(columns)).intValue(),
                  number(operands.get(1).evaluate(columns)).intValue(),
                  number(operands.get(2).evaluate(columns)).intValue());
      case "TO_DATE" ->
          CalendarLogic.binary(
              operands, (text, format) -> dateTime(iso(text, format)).toLocalDate());
      case "TO_TIMESTAMP" ->
          operands.size() == 2
              ? CalendarLogic.binary(operands, (text, format) -> dateTime(iso(text, format)))
              : refuse(call);
      case "TO_CHAR" ->
          CalendarLogic.binary(operands, (value, format) -> toChar(value, format.toString()));
      case "LAST_DAY" ->
          CalendarLogic.unary(
              operands,
              value -> dateTime(value).toLocalDate().plusMonths(1).withDayOfMonth(1).minusDays(1));
      case "||", "CONCAT" -> columns -> CalendarLogic.concatenate(operands, columns);
      default -> refuse(call);
    };
  }

  private List<CalendarExpression> compileAll(List<RexNode> nodes) {
    ImmutableList.Builder<CalendarExpression> compiled = ImmutableList.builder();
    for (RexNode node : nodes) {
      boolean flag = node instanceof RexLiteral literal && literal.getValue() instanceof Enum<?>;
      compiled.add(flag ? columns -> null : compile(node));
    }
    return compiled.build();
  }

  // ---- values ----

  private @Nullable Object literalValue(RexLiteral literal) {
    if (literal.isNull()) {
      return null;
    }
    SqlTypeName type = literal.getTypeName();
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type)) {
      return new Span(number(literal.getValue()).longValue(), Duration.ZERO);
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type)) {
      return new Span(0, Duration.ofMillis(number(literal.getValue()).longValue()));
    }
    return switch (type) {
      case DATE -> LocalDate.parse(literal.getValueAs(DateString.class).toString());
      case TIMESTAMP -> timestamp(literal.getValueAs(TimestampString.class));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(literal.getValueAs(TimestampString.class))
              .atZone(ZoneId.of("UTC"))
              .withZoneSameInstant(zone)
              .toLocalDateTime();
      case CHAR, VARCHAR -> literal.getValueAs(NlsString.class).getValue().stripTrailing();
      case BOOLEAN -> RexLiteral.booleanValue(literal);
      default -> {
        if (literal.getValue() instanceof BigDecimal decimal) {
          yield decimal;
        }
        throw unsupported(literal);
      }
    };
  }

  private static LocalDateTime timestamp(TimestampString value) {
    return LocalDateTime.parse(value.toString().replace(' ', 'T'));
  }

  private static @Nullable Object cast(Object value, RexCall call) {
    SqlTypeName type = call.getType().getSqlTypeName();
    return switch (type) {
      case DATE -> value instanceof String text ? date(text) : dateTime(value).toLocalDate();
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> dateTime(value);
      case CHAR, VARCHAR -> CalendarUnits.text(value);
      case INTEGER, BIGINT, SMALLINT, TINYINT ->
          (value instanceof String text ? new BigDecimal(text.trim()) : number(value))
              .setScale(0, RoundingMode.HALF_UP);
      case DECIMAL, DOUBLE, FLOAT, REAL -> number(value);
      case BOOLEAN -> value;
      default -> {
        if (value instanceof Span) {
          yield value;
        }
        throw unsupported(call);
      }
    };
  }

  /** A text that a format says to be written like 2025-11-01 12:30:00. */
  private static Object iso(Object text, Object format) {
    if (format.toString().toUpperCase(Locale.ROOT).startsWith("YYYY-MM-DD")) {
      return text;
    }
    throw new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "the format '" + format + "' can't be used on the time axis of metrics. Use YYYY-MM-DD");
  }

  private static LocalDate date(String text) {
    try {
      String day = text.strip();
      return LocalDate.parse(day.length() > 10 ? day.substring(0, 10) : day);
    } catch (DateTimeException e) {
      throw new QueryException(
          SqlState.INVALID_DATETIME, "'" + text + "' is not a date; write it like 2025-11-01");
    }
  }

  private static LocalDateTime dateTime(Object value) {
    if (value instanceof LocalDate day) {
      return day.atStartOfDay();
    }
    if (value instanceof LocalDateTime time) {
      return time;
    }
    String text = value.toString().strip();
    return text.length() <= 10
        ? date(text).atStartOfDay()
        : LocalDateTime.of(date(text), LocalTime.parse(text.substring(11)));
  }

  private static BigDecimal number(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    throw new QueryException(
        SqlState.DATATYPE_MISMATCH, "a time filter needs a number, not " + value);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object a, Object b) {
    if (a instanceof BigDecimal && b instanceof BigDecimal
        || a instanceof Boolean && b instanceof Boolean) {
      return ((Comparable) a).compareTo(b);
    }
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    return dateTime(a).compareTo(dateTime(b));
  }

  private static Object add(Object a, Object b) {
    if (a instanceof Span span) {
      return b instanceof Span other
          ? new Span(span.months() + other.months(), span.time().plus(other.time()))
          : shift(b, span);
    }
    if (b instanceof Span span) {
      return shift(a, span);
    }
    if (a instanceof LocalDate day) {
      return day.plusDays(number(b).longValue());
    }
    return number(a).add(number(b));
  }

  private static Object shift(Object value, Span span) {
    if (value instanceof LocalDate day && span.time().isZero()) {
      return day.plusMonths(span.months());
    }
    if (value instanceof LocalDate day
        && span.time().toMillis() % Duration.ofDays(1).toMillis() == 0) {
      return day.plusMonths(span.months()).plusDays(span.time().toDays());
    }
    LocalDateTime time =
        value instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) value;
    return time.plusMonths(span.months()).plus(span.time());
  }

  private static CalendarExpression minus(List<CalendarExpression> operands) {
    return CalendarLogic.binary(
        operands.subList(0, 2),
        (a, b) -> {
          if (a instanceof LocalDate from && b instanceof LocalDate to) {
            return BigDecimal.valueOf(ChronoUnit.DAYS.between(to, from));
          }
          return add(a, negate(b));
        });
  }

  private static Object negate(Object value) {
    return value instanceof Span span
        ? span.times(BigDecimal.ONE.negate())
        : number(value).negate();
  }

  private static Object multiply(Object a, Object b) {
    if (a instanceof Span span) {
      return span.times(number(b));
    }
    return b instanceof Span span ? span.times(number(a)) : number(a).multiply(number(b));
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b, RexCall call) {
    if (b.signum() == 0) {
      throw new QueryException(SqlState.DIVISION_BY_ZERO, "a time expression divides by zero");
    }
    return SqlTypeUtil.isIntType(call.getType())
        ? a.divideToIntegralValue(b)
        : a.divide(b, MathContext.DECIMAL128);
  }

  private static CalendarExpression floor(RexCall call, List<CalendarExpression> operands) {
    if (operands.size() == 2) {
      return truncateTo(CalendarUnits.grainOf(call.getOperands().get(1)), operands.get(0));
    }
    return CalendarLogic.unary(operands, value -> number(value).setScale(0, RoundingMode.FLOOR));
  }

  private static CalendarExpression truncateTo(Grain grain, CalendarExpression operand) {
    return CalendarLogic.unary(
        List.of(operand),
        value -> {
          LocalDate start = grain.start(dateTime(value).toLocalDate(), CalendarRules.ISO);
          return value instanceof LocalDate ? start : start.atStartOfDay();
        });
  }

  private static CalendarExpression extract(TimeUnitRange unit, CalendarExpression operand) {
    return CalendarLogic.unary(
        List.of(operand), value -> BigDecimal.valueOf(CalendarUnits.field(unit, dateTime(value))));
  }

  private static String toChar(Object value, String format) {
    String pattern =
        format
            .replace("YYYY", "uuuu")
            .replace("yyyy", "uuuu")
            .replace("Q", "q")
            .replace("DD", "dd");
    if (!pattern.matches("[uMdq\\-/. ]+")) {
      throw new QueryException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "to_char with format '"
              + format
              + "' can't be used on the time axis of metrics. Use YYYY, MM, DD or Q");
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(dateTime(value));
  }

  private static CalendarExpression refuse(RexCall call) {
    throw unsupported(call);
  }

  private static QueryException unsupported(RexNode node) {
    String what =
        node instanceof RexCall call
            ? call.getOperator().getName().toLowerCase(Locale.ROOT)
            : "this";
    return new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "'"
            + what
            + "' can't be used on the time axis of metrics. Compare or group by day, week, month,"
            + " quarter, year, date_trunc(...) or extract(...) of metric_time");
  }
}
