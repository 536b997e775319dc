package io.plumbline.server.wire;

import io.plumbline.engine.Parameter;
import io.plumbline.engine.ResultColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** The values of a statement's parameters, each as the engine takes its type. */
final class ParameterValues {

  private static final long DAY_MILLIS = 86_400_000L;

  private ParameterValues() {}

  static List<@Nullable Object> convert(
      @Nullable List<@Nullable TypedValue> values, List<Parameter> parameters) {
    int given = values == null ? 0 : values.size();
    if (given != parameters.size()) {
      throw Refusal.of(
          "07001",
          "the statement has " + parameters.size() + " parameters, but " + given + " came");
    }
    List<@Nullable Object> converted = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      converted.add(convert(values.get(i), parameters.get(i).type(), i + 1));
    }
    return converted;
  }

  private static @Nullable Object convert(
      @Nullable TypedValue value, ResultColumn.Type type, int position) {
    if (value == null || value.value == null) {
      return null;
    }
    try {
      return convert(value, type);
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw Refusal.of(
          "22023", "parameter " + position + ": '" + value.value + "' is not a " + type.sqlName());
    }
  }

  private static Object convert(TypedValue value, ResultColumn.Type type) {
    return switch (type) {
      case BOOLEAN -> bool(value.value);
      case SMALLINT -> number(value.value).shortValueExact();
      case INTEGER -> number(value.value).intValueExact();
      case BIGINT -> number(value.value).longValueExact();
      case DECIMAL -> number(value.value);
      case REAL, DOUBLE ->
          value.value instanceof Number n ? n.doubleValue() : floating(value.value);
      case DATE -> date(value);
      case TIME -> time(value);
      case TIMESTAMP -> timestamp(value);
      case VARCHAR -> text(value);
      case VARBINARY -> Base64.getDecoder().decode(value.value.toString());
    };
  }

  private static boolean bool(Object value) {
    if (value instanceof Boolean known) {
      return known;
    }
    return switch (value.toString()) {
      case "true", "TRUE", "t", "1" -> true;
      case "false", "FALSE", "f", "0" -> false;
      default -> throw new IllegalArgumentException("not a boolean");
    };
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Boolean known) {
      return known ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return new BigDecimal(value.toString().strip());
  }

  private static double floating(Object value) {
    return Double.parseDouble(value.toString().strip());
  }

  private static LocalDate date(TypedValue value) {
    if (value.value instanceof Number number) {
      return switch (value.type) {
        case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> wallClock(number.longValue()).toLocalDate();
        case JAVA_SQL_DATE, INTEGER, PRIMITIVE_INT -> LocalDate.ofEpochDay(number.longValue());
        default -> throw new IllegalArgumentException("not a date");
      };
    }
    String text = value.value.toString().strip();
    return text.length() > 10 ? dateTime(text).toLocalDate() : LocalDate.parse(text);
  }

  private static LocalTime time(TypedValue value) {
    if (value.value instanceof Number number) {
      return LocalTime.ofNanoOfDay(Math.floorMod(number.longValue(), DAY_MILLIS) * 1_000_000);
    }
    return LocalTime.parse(value.value.toString().strip());
  }

  private static LocalDateTime timestamp(TypedValue value) {
    if (value.value instanceof Number number) {
      return value.type == Rep.JAVA_SQL_DATE
          ? LocalDate.ofEpochDay(number.longValue()).atStartOfDay()
          : wallClock(number.longValue());
    }
    String text = value.value.toString().strip();
    return text.length() <= 10 ? LocalDate.parse(text).atStartOfDay() : dateTime(text);
  }

  private static LocalDateTime dateTime(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  /** A date or time that a client sent for a text is written as SQL writes it. */
  private static String text(TypedValue value) {
    if (value.value instanceof Number number) {
      return switch (value.type) {
        case JAVA_SQL_DATE -> LocalDate.ofEpochDay(number.longValue()).toString();
        case JAVA_SQL_TIME -> time(value).toString();
        case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE ->
            wallClock(number.longValue()).toString().replace('T', ' ');
        default -> number.toString();
      };
    }
    return value.value.toString();
  }

  private static LocalDateTime wallClock(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000), (int) Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }
}
