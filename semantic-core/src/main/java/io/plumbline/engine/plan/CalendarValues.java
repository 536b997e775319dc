package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calculates with the values of time expressions: days, times of day, spans of time, numbers and
 * texts.
 */
final class CalendarValues {

  /** An interval: calendar months and exact time. */
  record Span(long months, Duration time) {
    Span times(BigDecimal factor) {
      return new Span(
          factor.multiply(BigDecimal.valueOf(months)).longValue(),
          Duration.ofMillis(factor.multiply(BigDecimal.valueOf(time.toMillis())).longValue()));
    }
  }

  private CalendarValues() {}

  /** A text that a format says to be written like 2025-11-01 12:30:00. */
  static Object iso(Object text, Object format) {
    if (format.toString().toUpperCase(Locale.ROOT).startsWith("YYYY-MM-DD")) {
      return text;
    }
    throw new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "the format '" + format + "' can't be used on the time axis of metrics. Use YYYY-MM-DD");
  }

  static LocalDate date(String text) {
    try {
      String day = text.strip();
      return LocalDate.parse(day.length() > 10 ? day.substring(0, 10) : day);
    } catch (DateTimeException e) {
      throw new QueryException(
          SqlState.INVALID_DATETIME, "'" + text + "' is not a date; write it like 2025-11-01");
    }
  }

  static LocalDateTime dateTime(Object value) {
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

  static BigDecimal number(@Nullable Object value) {
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
  static int compare(Object a, Object b) {
    if (a instanceof BigDecimal && b instanceof BigDecimal
        || a instanceof Boolean && b instanceof Boolean) {
      return ((Comparable) a).compareTo(b);
    }
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    return dateTime(a).compareTo(dateTime(b));
  }

  static Object add(Object a, Object b) {
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

  static Object shift(Object value, Span span) {
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

  static Object negate(Object value) {
    return value instanceof Span span
        ? span.times(BigDecimal.ONE.negate())
        : number(value).negate();
  }

  static Object multiply(Object a, Object b) {
    if (a instanceof Span span) {
      return span.times(number(b));
    }
    return b instanceof Span span ? span.times(number(a)) : number(a).multiply(number(b));
  }

  static BigDecimal divide(BigDecimal a, BigDecimal b, boolean integers) {
    if (b.signum() == 0) {
      throw new QueryException(SqlState.DIVISION_BY_ZERO, "a time expression divides by zero");
    }
    return integers ? a.divideToIntegralValue(b) : a.divide(b, MathContext.DECIMAL128);
  }

  static String toChar(Object value, String format) {
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
}
