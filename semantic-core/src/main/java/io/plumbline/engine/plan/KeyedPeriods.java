package io.plumbline.engine.plan;

import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * The periods of a grouping, proven to be what its time expressions name: all days of a period have
 * the same names, and no two periods share theirs. So weeks that a tool shifts to Sunday are weeks
 * from Sunday, and whatever else shifts or folds time is refused instead of answered wrong.
 */
final class KeyedPeriods {

  private final SessionSettings settings;
  private final IntFunction<Optional<TimeColumn>> columns;
  private final CalendarExpressions expressions;

  /**
   * @param columns the time column behind an input, if it is one
   */
  KeyedPeriods(
      RexBuilder rex, SessionSettings settings, IntFunction<Optional<TimeColumn>> columns) {
    this.settings = settings;
    this.columns = columns;
    this.expressions = new CalendarExpressions(rex, settings.asOf(), settings.timeZone());
  }

  /**
   * The periods.
   *
   * @param time what is grouped by, over the base row
   * @param key the grain that the expressions ask for
   * @param resolve makes periods of a grain
   */
  Spine of(
      List<RexNode> time,
      Optional<TimeKeys.Key> key,
      Function<Optional<TimeKeys.Key>, Spine> resolve) {
    if (key.isPresent() && time.stream().allMatch(RexInputRef.class::isInstance)) {
      return resolve.apply(key); // Columns are named by the calendar that makes the periods.
    }
    List<CalendarExpression> names = time.stream().map(expressions::compile).toList();
    for (Optional<TimeKeys.Key> candidate : candidates(key)) {
      Spine spine = resolve.apply(candidate);
      if (spine.periods().stream().allMatch(period -> hasOneName(period, names))) {
        refuseSharedNames(spine, names);
        return spine;
      }
    }
    throw new Refusal(
        SqlState.GROUPING_ERROR,
        "this time expression changes its value inside a period, so metrics can't be evaluated for"
            + " it. Group by day, week, month, quarter, year or date_trunc(...); set week_start or"
            + " fiscal_year_start for another calendar");
  }

  /** The grain as it is; weeks may start on another day as well. */
  private static List<Optional<TimeKeys.Key>> candidates(Optional<TimeKeys.Key> key) {
    List<Optional<TimeKeys.Key>> candidates = new ArrayList<>();
    candidates.add(key);
    if (key.isPresent() && key.get().grain() == Grain.WEEK) {
      CalendarRules rules = key.get().rules();
      for (DayOfWeek day : DayOfWeek.values()) {
        if (day != rules.weekStart()) {
          candidates.add(
              Optional.of(
                  new TimeKeys.Key(Grain.WEEK, new CalendarRules(day, rules.fiscalYearStart()))));
        }
      }
    }
    return candidates;
  }

  private boolean hasOneName(Period period, List<CalendarExpression> names) {
    List<Object> first = namesOf(names, period, period.bucket());
    LocalDate day = period.from();
    while (period.asked() && day.isBefore(period.to())) {
      if (!namesOf(names, period, day).equals(first)) {
        return false;
      }
      day = day.plusDays(1);
    }
    return true;
  }

  private List<Object> namesOf(List<CalendarExpression> names, Period period, LocalDate day) {
    IntFunction<@Nullable Object> values =
        i -> {
          TimeColumn column = columns.apply(i).orElseThrow();
          return column.grain().isPresent()
              ? column.onDay(day, settings.calendar())
              : column.ofPeriod(period, settings.calendar());
        };
    return names.stream().<Object>map(name -> String.valueOf(name.evaluate(values))).toList();
  }

  private void refuseSharedNames(Spine spine, List<CalendarExpression> names) {
    Set<List<Object>> seen = new HashSet<>();
    for (Period period : spine.periods()) {
      boolean named = period.asked() && !names.isEmpty();
      if (named && !seen.add(namesOf(names, period, period.bucket()))) {
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "this time expression gives several periods the same name, so metrics can't be"
                + " evaluated for them together. Group by day, week, month, quarter, year or"
                + " date_trunc(...)");
      }
    }
  }
}
