package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A text such as {@code 1 year 2 months -3 days 04:05:06}. It becomes intervals of one unit each,
 * added up, so that everything behind the parser knows the standard's intervals only.
 */
final class IntervalText {

  private static final int PRECISION = 10;
  private static final Pattern PART =
      Pattern.compile(
          "([+-]?\\d+(?:\\.\\d*)?)\\s*([a-z]+)|([+-]?)(\\d+):(\\d+)(?::(\\d+(?:\\.\\d+)?))?",
          Pattern.CASE_INSENSITIVE);

  private final String text;
  private final SqlParserPos position;
  private final List<SqlNode> parts = new ArrayList<>();

  IntervalText(String text, SqlParserPos position) {
    this.text = text;
    this.position = position;
  }

  SqlNode toNode() {
    String rest = text.strip();
    boolean ago = rest.toLowerCase(Locale.ROOT).endsWith(" ago");
    rest = ago ? rest.substring(0, rest.length() - " ago".length()) : rest;
    Matcher part = PART.matcher(rest);
    int end = 0;
    while (part.find()) {
      requireBlank(rest.substring(end, part.start()));
      add(part, ago);
      end = part.end();
    }
    requireBlank(rest.substring(end));
    if (parts.isEmpty()) {
      throw invalid();
    }
    return parts.stream()
        .reduce((a, b) -> Arithmetic.PLUS.createCall(position, a, b))
        .orElseThrow(this::invalid);
  }

  private void requireBlank(String between) {
    if (!between.isBlank()) {
      throw invalid();
    }
  }

  private void add(Matcher part, boolean ago) {
    if (part.group(2) != null) {
      BigDecimal amount = new BigDecimal(part.group(1));
      addUnit(ago ? amount.negate() : amount, part.group(2).toLowerCase(Locale.ROOT));
      return;
    }
    boolean negative = part.group(3).equals("-") != ago;
    addAmount(signed(part.group(4), negative), TimeUnit.HOUR);
    addAmount(signed(part.group(5), negative), TimeUnit.MINUTE);
    if (part.group(6) != null) {
      addAmount(signed(part.group(6), negative), TimeUnit.SECOND);
    }
  }

  private static BigDecimal signed(String digits, boolean negative) {
    BigDecimal value = new BigDecimal(digits);
    return negative ? value.negate() : value;
  }

  private void addUnit(BigDecimal amount, String unit) {
    switch (unit) {
      case "year", "years", "yr", "yrs", "y" -> addAmount(amount, TimeUnit.YEAR);
      case "quarter", "quarters" -> addAmount(times(amount, 3), TimeUnit.MONTH);
      case "month", "months", "mon", "mons" -> addAmount(amount, TimeUnit.MONTH);
      case "week", "weeks", "w" -> addAmount(times(amount, 7), TimeUnit.DAY);
      case "day", "days", "d" -> addAmount(amount, TimeUnit.DAY);
      case "hour", "hours", "hr", "hrs", "h" -> addAmount(amount, TimeUnit.HOUR);
      case "minute", "minutes", "min", "mins", "m" -> addAmount(amount, TimeUnit.MINUTE);
      case "second", "seconds", "sec", "secs", "s" -> addAmount(amount, TimeUnit.SECOND);
      default -> throw invalid();
    }
  }

  private static BigDecimal times(BigDecimal amount, int factor) {
    return amount.multiply(BigDecimal.valueOf(factor));
  }

  /** A fraction of a unit other than seconds has no exact meaning for months, so none has any. */
  private void addAmount(BigDecimal amount, TimeUnit unit) {
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    if (!whole && unit != TimeUnit.SECOND) {
      throw invalid();
    }
    SqlIntervalQualifier qualifier =
        new SqlIntervalQualifier(unit, PRECISION, null, unit == TimeUnit.SECOND ? 6 : -1, position);
    String digits = whole ? amount.toBigInteger().abs().toString() : amount.abs().toPlainString();
    parts.add(SqlLiteral.createInterval(amount.signum() < 0 ? -1 : 1, digits, qualifier, position));
  }

  private QueryException invalid() {
    return new QueryException(
        SqlState.INVALID_DATETIME,
        new Place(position.getLineNum(), position.getColumnNum()),
        "'" + text + "' is not an interval; write for example interval '1 month' or '3 days'");
  }
}
