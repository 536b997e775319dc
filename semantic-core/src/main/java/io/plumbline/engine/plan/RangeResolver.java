package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Turns the time filter of a query into its periods: which days it selects, cut into buckets of the
 * grain. Without a lower bound the range starts with the bucket of the first change; it never goes
 * beyond {@code as_of}.
 */
final class RangeResolver {

  private static final int MOST_PERIODS = 20_000;
  private static final int MARGIN_DAYS = 800;
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

  private final SessionSettings settings;
  private final RexBuilder rexBuilder;
  private final IntFunction<Optional<TimeColumn>> columns;
  private final Supplier<Optional<LocalDate>> firstChange;

  /**
   * @param columns the time column behind an input, if it is one
   * @param firstChange the day of the first change in the data; asked only if the filter has no
   *     lower bound
   */
  RangeResolver(
      SessionSettings settings,
      RexBuilder rexBuilder,
      IntFunction<Optional<TimeColumn>> columns,
      Supplier<Optional<LocalDate>> firstChange) {
    this.settings = settings;
    this.rexBuilder = rexBuilder;
    this.columns = columns;
    this.firstChange = firstChange;
  }

  /**
   * The periods that the filters select.
   *
   * @param filters predicates over time columns only; all must hold
   */
  Spine resolve(List<RexNode> filters, Optional<TimeKeys.Key> key) {
    CalendarExpressions expressions =
        new CalendarExpressions(rexBuilder, settings.asOf(), settings.timeZone());
    List<CalendarExpression> onDays = new ArrayList<>();
    List<CalendarExpression> onPeriods = new ArrayList<>();
    for (RexNode filter : filters) {
      (describesPeriods(filter) ? onPeriods : onDays).add(expressions.compile(filter));
    }
    if (key.isEmpty() && !onPeriods.isEmpty()) {
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          "period_start, period_end and is_complete describe the periods of a time grouping. Group by a time column,"
              + " or choose the range by metric_time");
    }
    LocalDate end = settings.asOf().plusDays(1);
    DayFilter filter = dayFilter(onDays, filters);
    List<LocalDate> days = selectedDays(filter, from(filter, literalDays(filters), key, end), end);
    CalendarRules rules = key.map(TimeKeys.Key::rules).orElse(settings.calendar());
    List<Period> periods = key.map(k -> buckets(days, k)).orElseGet(() -> wholeRange(days));
    return new Spine(
        key.map(TimeKeys.Key::grain),
        rules,
        settings.timeZone(),
        periods.stream().map(p -> wanted(p, onPeriods)).toList());
  }

  private boolean describesPeriods(RexNode filter) {
    return RexUtil.containsInputRef(filter)
        && RelOptUtil.InputFinder.bits(filter).toList().stream()
            .anyMatch(i -> columns.apply(i).map(c -> c.grain().isEmpty()).orElse(false));
  }

  // ---- the days ----

  private DayFilter dayFilter(List<CalendarExpression> onDays, List<RexNode> filters) {
    Map<Integer, TimeColumn> mentioned = new HashMap<>();
    for (int i : RelOptUtil.InputFinder.bits(filters, null)) {
      columns.apply(i).filter(c -> c.grain().isPresent()).ifPresent(c -> mentioned.put(i, c));
    }
    return new DayFilter(onDays, mentioned, settings.calendar());
  }

  private List<LocalDate> selectedDays(DayFilter filter, LocalDate from, LocalDate end) {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = from; day.isBefore(end); ) {
      boolean selected = filter.selects(day);
      LocalDate change = filter.nextChange(day);
      LocalDate to = change.isBefore(end) ? change : end;
      for (; day.isBefore(to); day = day.plusDays(1)) {
        if (selected) {
          days.add(day);
        }
      }
    }
    return days;
  }

  private LocalDate from(
      DayFilter filter, TreeSet<LocalDate> literals, Optional<TimeKeys.Key> key, LocalDate end) {
    if (literals.isEmpty()) {
      return defaultFrom(key, end);
    }
    LocalDate lowest = literals.first();
    if (lowest.isBefore(EARLIEST)) {
      throw new QueryException(
          SqlState.INVALID_PARAMETER,
          "the time filter names " + lowest + "; the earliest day is " + EARLIEST);
    }
    LocalDate margin = lowest.minusDays(MARGIN_DAYS / 2);
    for (LocalDate day = lowest.minusDays(MARGIN_DAYS);
        !day.isAfter(margin);
        day = filter.nextChange(day)) {
      if (filter.selects(day)) {
        return defaultFrom(key, end);
      }
    }
    return margin;
  }

  private LocalDate defaultFrom(Optional<TimeKeys.Key> key, LocalDate end) {
    LocalDate first = firstChange.get().orElse(end);
    return key.map(k -> k.grain().start(first, k.rules())).orElse(first);
  }

  /** The days that the constants of the filters name, to know where the range may start. */
  private TreeSet<LocalDate> literalDays(List<RexNode> filters) {
    CalendarExpressions expressions =
        new CalendarExpressions(rexBuilder, settings.asOf(), settings.timeZone());
    TreeSet<LocalDate> days = new TreeSet<>();
    for (RexNode filter : filters) {
      RexUtil.expandSearch(rexBuilder, null, filter)
          .accept(
              new RexVisitorImpl<Void>(true) {
                @Override
                public @Nullable Void visitLiteral(RexLiteral literal) {
                  addDay(literal, expressions, days);
                  return null;
                }

                @Override
                public @Nullable Void visitCall(RexCall call) {
                  if (RexUtil.isConstant(call) && isDay(call)) {
                    addDay(call, expressions, days);
                    return null;
                  }
                  return super.visitCall(call);
                }
              });
    }
    return days;
  }

  private static boolean isDay(RexNode node) {
    SqlTypeName type = node.getType().getSqlTypeName();
    return SqlTypeName.DATETIME_TYPES.contains(type);
  }

  private static void addDay(
      RexNode constant, CalendarExpressions expressions, TreeSet<LocalDate> days) {
    SqlTypeName type = constant.getType().getSqlTypeName();
    if (!isDay(constant) && !SqlTypeName.EXACT_TYPES.contains(type)) {
      return;
    }
    Object value = expressions.compile(constant).evaluate(i -> null);
    if (value instanceof LocalDate day) {
      days.add(day);
    } else if (value instanceof LocalDateTime time) {
      days.add(time.toLocalDate());
    } else if (value instanceof BigDecimal number && isYear(number)) {
      days.add(LocalDate.of(number.intValue(), 1, 1));
    }
  }

  private static boolean isYear(BigDecimal number) {
    return number.scale() <= 0
        && number.compareTo(BigDecimal.valueOf(1900)) >= 0
        && number.compareTo(BigDecimal.valueOf(2200)) <= 0;
  }

  // ---- the periods ----

  private List<Period> wholeRange(List<LocalDate> days) {
    if (days.isEmpty()) {
      return List.of();
    }
    LocalDate first = days.get(0);
    LocalDate to = days.get(days.size() - 1).plusDays(1);
    if (first.plusDays(days.size()).isBefore(to)) {
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          "the time filter leaves holes in the range from "
              + first
              + " to "
              + to.minusDays(1)
              + ", so there is no one period to answer for. Group by a time column, or choose a"
              + " range without holes");
    }
    return List.of(new Period(first, first, to, true, true));
  }

  private List<Period> buckets(List<LocalDate> days, TimeKeys.Key key) {
    List<Period> periods = new ArrayList<>();
    int i = 0;
    while (i < days.size()) {
      LocalDate bucket = key.grain().start(days.get(i), key.rules());
      LocalDate next = key.grain().next(bucket);
      int last = i;
      while (last + 1 < days.size() && days.get(last + 1).isBefore(next)) {
        last++;
      }
      addPeriod(periods, bucket, next, days.get(i), days.get(last).plusDays(1), last - i + 1);
      i = last + 1;
    }
    if (periods.size() > MOST_PERIODS) {
      throw new QueryException(
          SqlState.TOO_MANY,
          periods.size()
              + " periods; the most is "
              + MOST_PERIODS
              + ". Narrow the range or choose a coarser grain");
    }
    return periods;
  }

  private static void addPeriod(
      List<Period> periods,
      LocalDate bucket,
      LocalDate next,
      LocalDate from,
      LocalDate to,
      int days) {
    if (from.plusDays(days).isBefore(to)) {
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          "the time filter leaves holes inside the period that starts on "
              + bucket
              + ". Group by a finer grain, or choose whole periods");
    }
    if (!periods.isEmpty() && periods.get(periods.size() - 1).to().isBefore(from)) {
      LocalDate gap = periods.get(periods.size() - 1).to();
      periods.add(new Period(gap, gap, from, false, false));
    }
    periods.add(new Period(bucket, from, to, true, from.equals(bucket) && to.equals(next)));
  }

  private Period wanted(Period period, List<CalendarExpression> filters) {
    for (CalendarExpression filter : filters) {
      Object selected =
          filter.evaluate(
              i -> columns.apply(i).orElseThrow().ofPeriod(period, settings.calendar()));
      if (!Boolean.TRUE.equals(selected)) {
        return new Period(period.bucket(), period.from(), period.to(), false, period.complete());
      }
    }
    return period;
  }
}
