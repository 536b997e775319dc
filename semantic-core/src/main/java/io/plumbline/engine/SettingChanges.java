package io.plumbline.engine;

import io.plumbline.engine.plan.CalendarRules;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of a session by name: reads what clients write, and says what is wrong with it. */
final class SettingChanges {

  /** What clients and drivers set by themselves, without effect here. */
  private static final Set<String> IGNORED =
      Set.of(
          "application_name",
          "client_encoding",
          "client_min_messages",
          "datestyle",
          "extra_float_digits",
          "intervalstyle",
          "search_path",
          "standard_conforming_strings",
          "statement_timeout",
          "transaction_isolation");

  private SettingChanges() {}

  /** The settings after one was set; {@code default} takes it back. */
  static SessionSettings set(
      SessionSettings settings, SessionSettings defaults, String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    String text = unquoted(value);
    boolean reset = text.equalsIgnoreCase("default") || text.isEmpty();
    try {
      return switch (key) {
        case "time_zone", "timezone" ->
            with(settings, reset ? defaults.timeZone() : ZoneId.of(zone(text)));
        case "as_of" ->
            reset
                ? withAsOf(settings, defaults.asOf(), defaults.asOfIsPinned())
                : withAsOf(settings, day(text), true);
        case "known_at" ->
            withKnownAt(
                settings, reset ? defaults.knownAt() : Optional.of(instant(text, settings)));
        case "week_start" ->
            withCalendar(
                settings,
                new CalendarRules(
                    reset ? defaults.calendar().weekStart() : weekDay(text),
                    settings.calendar().fiscalYearStart()));
        case "fiscal_year_start" ->
            withCalendar(
                settings,
                new CalendarRules(
                    settings.calendar().weekStart(),
                    reset ? defaults.calendar().fiscalYearStart() : month(text)));
        case "currency" -> withCurrency(settings, reset ? defaults.currency() : currency(text));
        default -> ignored(settings, key);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new QueryException(
          SqlState.INVALID_PARAMETER,
          "'" + text + "' is no value for " + key + ". " + example(key));
    }
  }

  /** The names and values for {@code show all}. */
  static Map<String, String> values(SessionSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("time_zone", settings.timeZone().getId());
    values.put("as_of", settings.asOf().toString());
    values.put("known_at", settings.knownAt().map(Instant::toString).orElse("newest"));
    values.put("week_start", settings.calendar().weekStart().name().toLowerCase(Locale.ROOT));
    values.put(
        "fiscal_year_start", settings.calendar().fiscalYearStart().name().toLowerCase(Locale.ROOT));
    values.put("currency", settings.currency());
    return values;
  }

  /** The error for a setting that does not exist. */
  static QueryException unknown(String name) {
    return new QueryException(
        SqlState.UNDEFINED_COLUMN,
        "there is no setting '"
            + name
            + "'. The settings are: time_zone, as_of, known_at, week_start, fiscal_year_start, currency");
  }

  private static SessionSettings ignored(SessionSettings settings, String key) {
    if (IGNORED.contains(key)) {
      return settings;
    }
    throw unknown(key);
  }

  private static String example(String key) {
    return switch (key) {
      case "time_zone", "timezone" -> "Write a zone like 'America/Los_Angeles' or 'UTC'";
      case "as_of" -> "Write a day like '2026-02-28'";
      case "known_at" -> "Write an instant like '2025-09-01 00:00:00' (in the session's zone)";
      case "week_start" -> "Write a day of the week like 'monday'";
      case "fiscal_year_start" -> "Write a month like 'february', or its number";
      default -> "Write an ISO code like 'EUR'";
    };
  }

  // ---- reading ----

  /** {@code date '2026-02-15'} and {@code 'x'} are written as in SQL, or bare. */
  private static String unquoted(String value) {
    String text = value.strip().replaceFirst("(?i)^(date|timestamp)(?=[ '\\d])", "").strip();
    int quote = text.indexOf('\'');
    if (quote >= 0 && text.endsWith("'") && text.length() > quote + 1) {
      return text.substring(quote + 1, text.length() - 1).strip();
    }
    return text;
  }

  private static String zone(String text) {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(text))
        .findFirst()
        .orElse(text);
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
  }

  private static Instant instant(String text, SessionSettings settings) {
    String iso = text.replace(' ', 'T');
    if (iso.length() == 10) {
      return LocalDate.parse(iso).atStartOfDay(settings.timeZone()).toInstant();
    }
    return iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d(:?\\d\\d)?$")
        ? OffsetDateTime.parse(iso.matches(".*[+-]\\d\\d$") ? iso + ":00" : iso).toInstant()
        : LocalDateTime.parse(iso).atZone(settings.timeZone()).toInstant();
  }

  private static DayOfWeek weekDay(String text) {
    return List.of(DayOfWeek.values()).stream()
        .filter(d -> matches(d.name(), text) || text.equals(String.valueOf(d.getValue())))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static Month month(String text) {
    return List.of(Month.values()).stream()
        .filter(m -> matches(m.name(), text) || text.equals(String.valueOf(m.getValue())))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static boolean matches(String name, String text) {
    return text.length() >= 3 && name.startsWith(text.toUpperCase(Locale.ROOT));
  }

  private static String currency(String text) {
    if (!text.matches("[A-Za-z]{3}")) {
      throw new IllegalArgumentException(text);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  // ---- copies ----

  private static SessionSettings with(SessionSettings s, ZoneId zone) {
    return new SessionSettings(
        zone, s.asOf(), s.asOfIsPinned(), s.knownAt(), s.calendar(), s.currency(), s.rightsOn());
  }

  private static SessionSettings withAsOf(SessionSettings s, LocalDate asOf, boolean pinned) {
    return new SessionSettings(
        s.timeZone(), asOf, pinned, s.knownAt(), s.calendar(), s.currency(), s.rightsOn());
  }

  private static SessionSettings withKnownAt(SessionSettings s, Optional<Instant> knownAt) {
    return new SessionSettings(
        s.timeZone(),
        s.asOf(),
        s.asOfIsPinned(),
        knownAt,
        s.calendar(),
        s.currency(),
        s.rightsOn());
  }

  private static SessionSettings withCalendar(SessionSettings s, CalendarRules calendar) {
    return new SessionSettings(
        s.timeZone(),
        s.asOf(),
        s.asOfIsPinned(),
        s.knownAt(),
        calendar,
        s.currency(),
        s.rightsOn());
  }

  private static SessionSettings withCurrency(SessionSettings s, String currency) {
    return new SessionSettings(
        s.timeZone(),
        s.asOf(),
        s.asOfIsPinned(),
        s.knownAt(),
        s.calendar(),
        currency,
        s.rightsOn());
  }
}
