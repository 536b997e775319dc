package io.plumbline.engine.sql;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/**
 * The texts of dates and times that PostgreSQL reads, as literals: hours without seconds, a
 * timestamp without a time, an instant with its offset. What can't be read here is left to the
 * warehouse.
 */
final class MomentText {

  private static final int MICROSECONDS = 6;

  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})"
              + "(?:[ T](\\d{1,2}:\\d{2})(?::(\\d{2}(?:\\.\\d{1,6})?))?)?"
              + "\\s*(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}:\\d{2})(?::(\\d{2}(?:\\.\\d+)?))?");

  private MomentText() {}

  /** {@code 10:30} is {@code 10:30:00}. */
  static Optional<String> time(String text) {
    Matcher time = TIME.matcher(text.strip());
    return time.matches()
        ? Optional.of(hours(time.group(1)) + ":" + seconds(time.group(2)))
        : Optional.empty();
  }

  /** A wall clock; an offset has no meaning for it, and PostgreSQL ignores it. */
  static Optional<String> timestamp(String text) {
    Matcher timestamp = TIMESTAMP.matcher(text.strip());
    return timestamp.matches() ? Optional.of(wallClock(timestamp)) : Optional.empty();
  }

  /** An instant; without an offset it is in UTC, the zone of every warehouse session. */
  static Optional<SqlLiteral> instant(String text, SqlParserPos position) {
    Matcher timestamp = TIMESTAMP.matcher(text.strip());
    if (!timestamp.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime clock = LocalDateTime.parse(wallClock(timestamp).replace(' ', 'T'));
      LocalDateTime utc =
          OffsetDateTime.of(clock, offset(timestamp.group(4)))
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDateTime();
      return Optional.of(literal(utc, position));
    } catch (DateTimeException noSuchMoment) {
      return Optional.empty();
    }
  }

  private static SqlLiteral literal(LocalDateTime utc, SqlParserPos position) {
    TimestampString value =
        new TimestampString(
                utc.getYear(),
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond())
            .withNanos(utc.getNano());
    return SqlLiteral.createTimestamp(
        SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, value, MICROSECONDS, position);
  }

  private static String wallClock(Matcher timestamp) {
    String time = timestamp.group(2);
    return timestamp.group(1)
        + " "
        + (time == null ? "00:00:00" : hours(time) + ":" + seconds(timestamp.group(3)));
  }

  private static String hours(String time) {
    return time.length() == 4 ? "0" + time : time;
  }

  private static String seconds(@org.jspecify.annotations.Nullable String seconds) {
    return seconds == null ? "00" : seconds;
  }

  private static ZoneOffset offset(@org.jspecify.annotations.Nullable String offset) {
    return offset == null || offset.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(offset);
  }
}
