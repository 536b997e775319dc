package io.plumbline.engine.sql;

import java.util.Map;
import java.util.Optional;

/** Functions of other databases that people try, and what they write here instead. */
final class OtherDialects {

  private static final String TEXT_OF_DAY = "to_char(day, 'YYYY-MM')";
  private static final String NAME_OF_DAY = "to_char(day, 'FMDay')";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("getdate", "now() or current_date"),
          Map.entry("isnull", "coalesce(a, b)"),
          Map.entry("nvl2", "case when a is not null then b else c end"),
          Map.entry("decode", "case a when b then c else d end"),
          Map.entry("strftime", TEXT_OF_DAY),
          Map.entry("format_date", TEXT_OF_DAY),
          Map.entry("date_format", TEXT_OF_DAY),
          Map.entry("dayname", NAME_OF_DAY),
          Map.entry("weekday", "extract(isodow from day)"),
          Map.entry("monthname", "to_char(day, 'FMMonth')"),
          Map.entry("str_to_date", "to_date(text, 'YYYY-MM-DD')"),
          Map.entry("eomonth", "last_day(day)"),
          Map.entry("unix_timestamp", "extract(epoch from moment)"),
          Map.entry("from_unixtime", "to_timestamp(seconds)"),
          Map.entry("charindex", "position(part in text)"),
          Map.entry("safe_divide", "a / nullif(b, 0)"),
          Map.entry("div0", "coalesce(a / nullif(b, 0), 0)"),
          Map.entry("group_concat", "string_agg(text, ',')"),
          Map.entry("to_number", "cast(text as numeric)"));

  private OtherDialects() {}

  /** What is written in the place of a function, given in lower case. */
  static Optional<String> insteadOf(String function) {
    return Optional.ofNullable(INSTEAD.get(function));
  }
}
