package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;

/** Units of time as date functions name them: a grain to truncate to, or a field to extract. */
final class CalendarUnits {

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private CalendarUnits() {}

  static Grain grainOf(RexNode unit) {
    String name = unitName(unit);
    return switch (name) {
      case "DAY", "DAYS" -> Grain.DAY;
      case "WEEK", "ISOWEEK" -> Grain.WEEK;
      case "MONTH", "MONTHS" -> Grain.MONTH;
      case "QUARTER" -> Grain.QUARTER;
      case "YEAR" -> Grain.YEAR;
      default ->
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "metrics have no grain '"
                  + name.toLowerCase(Locale.ROOT)
                  + "'. Use day, week, month, quarter or year");
    };
  }

  static TimeUnitRange unitOf(RexNode unit) {
    return unitNamed(unitName(unit));
  }

  static TimeUnitRange unitNamed(String name) {
    return switch (name) {
      case "DAYOFMONTH" -> TimeUnitRange.DAY;
      case "DAYOFYEAR" -> TimeUnitRange.DOY;
      case "DAYOFWEEK" -> TimeUnitRange.DOW;
      default -> {
        try {
          yield TimeUnitRange.valueOf(name);
        } catch (IllegalArgumentException e) {
          throw new QueryException(
              SqlState.INVALID_PARAMETER,
              "'" + name.toLowerCase(Locale.ROOT) + "' is not a unit of time");
        }
      }
    };
  }

  private static String unitName(RexNode unit) {
    if (unit instanceof RexLiteral literal && !literal.isNull()) {
      Object value = literal.getValue();
      if (value instanceof TimeUnitRange range) {
        return range.name();
      }
      if (value instanceof TimeUnit timeUnit) {
        return timeUnit.name();
      }
      if (value instanceof NlsString text) {
        return text.getValue().strip().toUpperCase(Locale.ROOT);
      }
    }
    if (unit instanceof RexCall call && call.getKind() == SqlKind.CAST) {
      return unitName(call.getOperands().get(0));
    }
    throw new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED, "the unit of a date function must be a constant");
  }

  static long field(TimeUnitRange unit, LocalDateTime time) {
    return switch (unit) {
      case YEAR -> time.getYear();
      case ISOYEAR -> time.get(IsoFields.WEEK_BASED_YEAR);
      case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> time.getMonthValue();
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> time.getDayOfMonth();
      case DOY -> time.getDayOfYear();
      case DOW -> time.getDayOfWeek().getValue() % 7;
      case ISODOW -> time.getDayOfWeek().getValue();
      case HOUR -> time.getHour();
      case EPOCH -> time.toEpochSecond(ZoneOffset.UTC);
      default ->
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "extract(" + unit + " ...) can't be used on the time axis of metrics");
    };
  }

  /** A value as PostgreSQL writes it. */
  static String text(Object value) {
    if (value instanceof LocalDateTime time) {
      return MOMENT.format(time);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
