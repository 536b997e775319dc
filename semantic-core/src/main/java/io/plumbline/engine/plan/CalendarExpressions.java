package io.plumbline.engine.plan;

import com.google.common.collect.ImmutableList;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
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
import org.apache.calcite.rex.RexSubQuery;
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
      case EQUALS -> CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) == 0);
      case NOT_EQUALS ->
          CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) != 0);
      case LESS_THAN -> CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) < 0);
      case LESS_THAN_OR_EQUAL ->
          CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) <= 0);
      case GREATER_THAN ->
          CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) > 0);
      case GREATER_THAN_OR_EQUAL ->
          CalendarLogic.binary(operands, (a, b) -> CalendarValues.compare(a, b) >= 0);
      case PLUS -> CalendarLogic.binary(operands, CalendarValues::add);
      case MINUS -> minus(operands);
      case TIMES -> CalendarLogic.binary(operands, CalendarValues::multiply);
      case DIVIDE ->
          CalendarLogic.binary(
              operands,
              (a, b) ->
                  CalendarValues.divide(
                      CalendarValues.number(a),
                      CalendarValues.number(b),
                      SqlTypeUtil.isIntType(call.getType())));
      case MINUS_PREFIX -> CalendarLogic.unary(operands, CalendarValues::negate);
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
                  CalendarValues.number(operands.get(0).evaluate(columns)).intValue(),
                  CalendarValues.number(operands.get(1).evaluate(columns)).intValue(),
                  CalendarValues.number(operands.get(2).evaluate(columns)).intValue());
      case "TO_DATE" ->
          CalendarLogic.binary(
              operands,
              (text, format) ->
                  CalendarValues.dateTime(CalendarValues.iso(text, format)).toLocalDate());
      case "TO_TIMESTAMP" ->
          operands.size() == 2
              ? CalendarLogic.binary(
                  operands,
                  (text, format) -> CalendarValues.dateTime(CalendarValues.iso(text, format)))
              : refuse(call);
      case "TO_CHAR" ->
          CalendarLogic.binary(
              operands, (value, format) -> CalendarValues.toChar(value, format.toString()));
      case "LAST_DAY" ->
          CalendarLogic.unary(
              operands,
              value ->
                  CalendarValues.dateTime(value)
                      .toLocalDate()
                      .plusMonths(1)
                      .withDayOfMonth(1)
                      .minusDays(1));
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
      return new CalendarValues.Span(
          CalendarValues.number(literal.getValue()).longValue(), Duration.ZERO);
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type)) {
      return new CalendarValues.Span(
          0, Duration.ofMillis(CalendarValues.number(literal.getValue()).longValue()));
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
      case DATE ->
          value instanceof String text
              ? CalendarValues.date(text)
              : CalendarValues.dateTime(value).toLocalDate();
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          CalendarValues.dateTime(value);
      case CHAR, VARCHAR -> CalendarUnits.text(value);
      case INTEGER, BIGINT, SMALLINT, TINYINT ->
          (value instanceof String text
                  ? new BigDecimal(text.trim())
                  : CalendarValues.number(value))
              .setScale(0, RoundingMode.HALF_UP);
      case DECIMAL, DOUBLE, FLOAT, REAL -> CalendarValues.number(value);
      case BOOLEAN -> value;
      default -> {
        if (value instanceof CalendarValues.Span) {
          yield value;
        }
        throw unsupported(call);
      }
    };
  }

  private static CalendarExpression minus(List<CalendarExpression> operands) {
    return CalendarLogic.binary(
        operands.subList(0, 2),
        (a, b) -> {
          if (a instanceof LocalDate from && b instanceof LocalDate to) {
            return BigDecimal.valueOf(ChronoUnit.DAYS.between(to, from));
          }
          return CalendarValues.add(a, CalendarValues.negate(b));
        });
  }

  private static CalendarExpression floor(RexCall call, List<CalendarExpression> operands) {
    if (operands.size() == 2) {
      return truncateTo(CalendarUnits.grainOf(call.getOperands().get(1)), operands.get(0));
    }
    return CalendarLogic.unary(
        operands, value -> CalendarValues.number(value).setScale(0, RoundingMode.FLOOR));
  }

  private static CalendarExpression truncateTo(Grain grain, CalendarExpression operand) {
    return CalendarLogic.unary(
        List.of(operand),
        value -> {
          LocalDate start =
              grain.start(CalendarValues.dateTime(value).toLocalDate(), CalendarRules.ISO);
          return value instanceof LocalDate ? start : start.atStartOfDay();
        });
  }

  private static CalendarExpression extract(TimeUnitRange unit, CalendarExpression operand) {
    return CalendarLogic.unary(
        List.of(operand),
        value -> BigDecimal.valueOf(CalendarUnits.field(unit, CalendarValues.dateTime(value))));
  }

  private static CalendarExpression refuse(RexCall call) {
    throw unsupported(call);
  }

  private static QueryException unsupported(RexNode node) {
    if (node instanceof RexSubQuery) {
      return new QueryException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "a subquery can't choose the time of metrics, which is known before data are read. Write"
              + " a day, a parameter, or a day counted from current_date: month ="
              + " date_trunc('month', current_date) - interval '1 month' is the last whole month");
    }
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
