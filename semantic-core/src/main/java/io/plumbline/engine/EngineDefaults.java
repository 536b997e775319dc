package io.plumbline.engine;

import io.plumbline.engine.plan.CalendarRules;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Settings that sessions begin with.
 *
 * @param asOf a fixed day that is today, as a demo company has; empty for the day of the clock
 */
public record EngineDefaults(
    ZoneId timeZone, Optional<LocalDate> asOf, CalendarRules calendar, String currency) {

  /** UTC, today, ISO weeks, calendar years, US dollars. */
  public static final EngineDefaults STANDARD =
      new EngineDefaults(ZoneId.of("UTC"), Optional.empty(), CalendarRules.ISO, "USD");

  /** The same with a fixed day as today. */
  public EngineDefaults withAsOf(LocalDate day) {
    return new EngineDefaults(timeZone, Optional.of(day), calendar, currency);
  }

  SessionSettings settings(Clock clock) {
    LocalDate today = today(clock);
    return new SessionSettings(
        timeZone, today, asOf.isPresent(), Optional.empty(), calendar, currency, today);
  }

  LocalDate today(Clock clock) {
    return asOf.orElseGet(() -> LocalDate.now(clock.withZone(timeZone)));
  }
}
