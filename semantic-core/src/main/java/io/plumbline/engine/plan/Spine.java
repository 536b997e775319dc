package io.plumbline.engine.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The periods of one evaluation, in order and without gaps; none at all if the range is empty.
 * Everything calendar-like is decided here, in Java: zone, daylight saving, week start, fiscal
 * year, the cut of the range and of {@code as_of}.
 *
 * @param grain the grain that the query groups by; empty where the whole range is one period
 */
public record Spine(Optional<Grain> grain, CalendarRules rules, ZoneId zone, List<Period> periods) {

  public Spine {
    periods = List.copyOf(periods);
    for (int i = 1; i < periods.size(); i++) {
      if (!periods.get(i).from().equals(periods.get(i - 1).to())) {
        throw new IllegalArgumentException("gap between periods before " + periods.get(i).from());
      }
    }
  }

  /** Bounds d0..dn; period j (from 1) is {@code [d(j-1), dj)}. */
  public List<LocalDate> bounds() {
    List<LocalDate> bounds = new ArrayList<>(periods.size() + 1);
    periods.forEach(period -> bounds.add(period.from()));
    bounds.add(end());
    return bounds;
  }

  /** The first day after the range. */
  public LocalDate end() {
    return periods.get(periods.size() - 1).to();
  }

  public Instant instant(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
