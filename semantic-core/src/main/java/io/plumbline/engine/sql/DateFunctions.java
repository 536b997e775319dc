package io.plumbline.engine.sql;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Differences and sums of dates by unit.
 *
 * <p>{@code DATE_DIFF} and {@code DATEDIFF} count the boundaries between two moments, so that from
 * 31 December to 1 January is one year; {@code TIMESTAMPDIFF} counts complete units.
 */
final class DateFunctions {

  private static final Map<String, TimeUnit> UNITS =
      Map.ofEntries(
          Map.entry("YEAR", TimeUnit.YEAR),
          Map.entry("QUARTER", TimeUnit.QUARTER),
          Map.entry("MONTH", TimeUnit.MONTH),
          Map.entry("WEEK", TimeUnit.WEEK),
          Map.entry("DAY", TimeUnit.DAY),
          Map.entry("HOUR", TimeUnit.HOUR),
          Map.entry("MINUTE", TimeUnit.MINUTE),
          Map.entry("SECOND", TimeUnit.SECOND));

  private final SqlParserPos position;

  DateFunctions(SqlParserPos position) {
    this.position = position;
  }

  static boolean isUnit(SqlIdentifier id) {
    return id.isSimple() && unit(id.getSimple()) != null;
  }

  private static @Nullable TimeUnit unit(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String plain = upper.startsWith("SQL_TSI_") ? upper.substring("SQL_TSI_".length()) : upper;
    TimeUnit unit = UNITS.get(plain);
    return unit == null && plain.endsWith("S")
        ? UNITS.get(plain.substring(0, plain.length() - 1))
        : unit;
  }

  private static @Nullable TimeUnit unitOf(SqlNode node) {
    if (node instanceof SqlIdentifier id && id.isSimple()) {
      return unit(id.getSimple());
    }
    return node instanceof SqlCharStringLiteral text && text.toValue() != null
        ? unit(text.toValue())
        : null;
  }

  /** A function whose first argument is a unit, or, of a difference, whose last one is. */
  SqlNode unitFirst(String name, SqlNode first, SqlNode second, SqlNode third, SqlCall call) {
    TimeUnit unit = unitOf(first);
    if (unit == null) {
      TimeUnit last = name.equals("DATE_DIFF") ? unitOf(third) : null;
      return last == null ? call : boundaries(last, second, first);
    }
    return switch (name) {
      case "DATEADD", "TIMESTAMPADD", "DATE_ADD" ->
          Arithmetic.PLUS.createCall(position, third, times(second, unit, 1));
      case "TIMESTAMPDIFF" -> complete(unit, second, third);
      default -> boundaries(unit, second, third);
    };
  }

  private SqlNode boundaries(TimeUnit unit, SqlNode from, SqlNode to) {
    return switch (unit) {
      case YEAR -> big(minus(part(TimeUnit.YEAR, to), part(TimeUnit.YEAR, from)));
      case QUARTER -> big(minus(index(TimeUnit.QUARTER, 4, to), index(TimeUnit.QUARTER, 4, from)));
      case MONTH -> big(minus(index(TimeUnit.MONTH, 12, to), index(TimeUnit.MONTH, 12, from)));
      case WEEK ->
          big(
              Arithmetic.DIVIDED_BY.createCall(
                  position,
                  minus(date(truncated("week", to)), date(truncated("week", from))),
                  number(7)));
      case DAY -> big(minus(date(to), date(from)));
      default -> {
        String name = unit.name().toLowerCase(Locale.ROOT);
        yield seconds(unit, minus(truncated(name, to), truncated(name, from)));
      }
    };
  }

  private SqlNode complete(TimeUnit unit, SqlNode from, SqlNode to) {
    return switch (unit) {
      case YEAR, QUARTER, MONTH -> {
        int months = unit == TimeUnit.YEAR ? 12 : unit == TimeUnit.QUARTER ? 3 : 1;
        SqlNode age = age(to, from);
        SqlNode total = index(TimeUnit.MONTH, 12, age);
        yield big(truncatedNumber(over(total, months)));
      }
      case WEEK, DAY, HOUR, MINUTE, SECOND -> seconds(unit, minus(stamp(to), stamp(from)));
      default -> throw new IllegalArgumentException(unit.name());
    };
  }

  private SqlNode seconds(TimeUnit unit, SqlNode difference) {
    int length =
        switch (unit) {
          case WEEK -> 7 * 86_400;
          case DAY -> 86_400;
          case HOUR -> 3_600;
          case MINUTE -> 60;
          default -> 1;
        };
    return big(truncatedNumber(over(part(TimeUnit.EPOCH, difference), length)));
  }

  /** Years times the parts of a year, plus the part: counts months or quarters from year 0. */
  private SqlNode index(TimeUnit unit, int perYear, SqlNode moment) {
    return Arithmetic.PLUS.createCall(
        position,
        Arithmetic.TIMES.createCall(position, part(TimeUnit.YEAR, copy(moment)), number(perYear)),
        part(unit, moment));
  }

  private SqlNode part(TimeUnit unit, SqlNode moment) {
    return Extract.INSTANCE.createCall(
        position, new SqlIntervalQualifier(unit, null, position), moment);
  }

  private SqlNode age(SqlNode to, SqlNode from) {
    return PostgresFunctions.AGE.createCall(position, stamp(to), stamp(from));
  }

  private SqlNode stamp(SqlNode moment) {
    return cast(moment, SqlTypeName.TIMESTAMP);
  }

  private SqlNode date(SqlNode moment) {
    return cast(moment, SqlTypeName.DATE);
  }

  private SqlNode big(SqlNode number) {
    return cast(number, SqlTypeName.BIGINT);
  }

  SqlNode cast(SqlNode value, SqlTypeName type) {
    return org.apache.calcite.sql.fun.SqlStdOperatorTable.CAST.createCall(
        position, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
  }

  private SqlNode truncated(String unit, SqlNode moment) {
    return PostgresFunctions.DATE_TRUNC.createCall(
        position, SqlLiteral.createCharString(unit, position), stamp(moment));
  }

  private SqlNode truncatedNumber(SqlNode number) {
    return PostgresFunctions.TRUNC.createCall(position, number);
  }

  private SqlNode over(SqlNode number, int divisor) {
    return Arithmetic.DIVIDED_BY.createCall(position, number, number(divisor));
  }

  private SqlNode minus(SqlNode a, SqlNode b) {
    return Arithmetic.MINUS.createCall(position, a, b);
  }

  SqlNode times(SqlNode count, TimeUnit unit, int factor) {
    return switch (unit) {
      case QUARTER -> times(count, TimeUnit.MONTH, 3 * factor);
      case WEEK -> times(count, TimeUnit.DAY, 7 * factor);
      default -> Arithmetic.TIMES.createCall(position, count, interval(unit, factor));
    };
  }

  SqlNode interval(TimeUnit unit, int amount) {
    return SqlLiteral.createInterval(
        1,
        String.valueOf(amount),
        new SqlIntervalQualifier(unit, 10, null, unit == TimeUnit.SECOND ? 6 : -1, position),
        position);
  }

  private SqlNode number(int value) {
    return SqlLiteral.createExactNumeric(String.valueOf(value), position);
  }

  /** The validator keeps what it learns by node, so no node may stand in two places. */
  static SqlNode copy(SqlNode node) {
    SqlNode copy =
        node.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
              }
            });
    return copy == null ? node : copy;
  }
}
