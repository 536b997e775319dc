package io.plumbline.engine;

import io.plumbline.engine.plan.CalendarRules;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a session has set; part of every plan's key.
 *
 * @param timeZone the reporting zone, in which periods begin and end
 * @param asOf the day that is today
 * @param asOfIsPinned whether that day was set, so that {@code now()} follows it too
 * @param knownAt the second time axis: versions known at this instant; the newest if empty
 * @param calendar when weeks and fiscal years start
 * @param currency ISO code of the reporting currency
 * @param rightsOn the day on which rights are read: today of the server, whatever the session set
 */
public record SessionSettings(
    ZoneId timeZone,
    LocalDate asOf,
    boolean asOfIsPinned,
    Optional<Instant> knownAt,
    CalendarRules calendar,
    String currency,
    LocalDate rightsOn) {

  /** The same where no day was set: today moves on while a session is open. */
  SessionSettings today(Clock clock, LocalDate rights) {
    LocalDate day = asOfIsPinned ? asOf : LocalDate.now(clock.withZone(timeZone));
    return new SessionSettings(timeZone, day, asOfIsPinned, knownAt, calendar, currency, rights);
  }
}
