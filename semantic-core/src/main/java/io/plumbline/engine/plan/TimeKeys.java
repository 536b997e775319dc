package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Finds the grain that a query asks for by the time expressions that it groups by: {@code month},
 * {@code date_trunc('month', metric_time)}, {@code extract(year ...)} with {@code extract(month
 * ...)}.
 */
final class TimeKeys {

  /** The grain, and the calendar by which its buckets start. */
  record Key(Grain grain, CalendarRules rules) {}

  private final IntFunction<Optional<TimeColumn>> columns;
  private final CalendarRules sessionRules;
  private final Set<Key> whole = new LinkedHashSet<>();
  private final Set<TimeUnitRange> fields = EnumSet.noneOf(TimeUnitRange.class);

  private TimeKeys(IntFunction<Optional<TimeColumn>> columns, CalendarRules sessionRules) {
    this.columns = columns;
    this.sessionRules = sessionRules;
  }

  /**
   * The grain of a grouping; empty if no expression asks for one.
   *
   * @param columns the time column behind an input, if it is one
   */
  static Optional<Key> grain(
      List<RexNode> expressions,
      IntFunction<Optional<TimeColumn>> columns,
      CalendarRules sessionRules) {
    TimeKeys keys = new TimeKeys(columns, sessionRules);
    expressions.forEach(keys::collect);
    return keys.resolve();
  }

  private void collect(RexNode node) {
    if (node instanceof RexInputRef ref) {
      columns
          .apply(ref.getIndex())
          .flatMap(TimeColumn::grain)
          .ifPresent(g -> whole.add(new Key(g, sessionRules)));
    } else if (node instanceof RexCall call) {
      collectCall(call);
    }
  }

  private void collectCall(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<RexNode> operands = call.getOperands();
    if (name.equals("DATE_TRUNC")) {
      collectTruncated(CalendarUnits.grainOf(operands.get(0)), operands.get(1));
    } else if (call.getKind() == SqlKind.FLOOR && operands.size() == 2) {
      collectTruncated(CalendarUnits.grainOf(operands.get(1)), operands.get(0));
    } else if (call.getKind() == SqlKind.EXTRACT || name.equals("DATE_PART")) {
      collectField(CalendarUnits.unitOf(operands.get(0)), operands.get(1));
    } else if (isFieldFunction(name) && operands.size() == 1) {
      collectField(CalendarUnits.unitNamed(name), operands.get(0));
    } else if (name.equals("TO_CHAR")) {
      collectFormat(operands.get(0), operands.get(1).toString());
    } else {
      operands.forEach(this::collect);
    }
  }

  private static boolean isFieldFunction(String name) {
    return Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAYOFMONTH", "DAYOFYEAR", "DAYOFWEEK")
        .contains(name);
  }

  /** Truncating what is already coarser changes nothing; else the unit is the grain. */
  private void collectTruncated(Grain grain, RexNode operand) {
    Optional<Key> inner = grain(List.of(operand), columns, sessionRules);
    if (inner.isEmpty()) {
      return;
    }
    if (inner.get().grain().nestsIn(grain)) {
      whole.add(new Key(grain, CalendarRules.ISO));
    } else if (grain.nestsIn(inner.get().grain())) {
      whole.add(inner.get());
    } else {
      throw mixed(inner.get().grain(), grain);
    }
  }

  private void collectField(TimeUnitRange field, RexNode operand) {
    Optional<Key> inner = grain(List.of(operand), columns, sessionRules);
    if (inner.isEmpty()) {
      return;
    }
    if (field == TimeUnitRange.YEAR) {
      collectTruncated(Grain.YEAR, operand);
    } else if (field == TimeUnitRange.EPOCH) {
      whole.add(inner.get());
    } else if (grainOfField(field).nestsIn(inner.get().grain())) {
      whole.add(inner.get());
    } else {
      fields.add(field);
    }
  }

  private void collectFormat(RexNode operand, String format) {
    if (format.contains("YYYY")) {
      collectField(TimeUnitRange.YEAR, operand);
    }
    if (format.contains("MM")) {
      collectField(TimeUnitRange.MONTH, operand);
    }
    if (format.contains("Q")) {
      collectField(TimeUnitRange.QUARTER, operand);
    }
    if (format.contains("DD")) {
      collectField(TimeUnitRange.DAY, operand);
    }
  }

  private static Grain grainOfField(TimeUnitRange field) {
    return switch (field) {
      case QUARTER -> Grain.QUARTER;
      case MONTH -> Grain.MONTH;
      case WEEK -> Grain.WEEK;
      case ISOYEAR -> Grain.YEAR;
      default -> Grain.DAY;
    };
  }

  private Optional<Key> resolve() {
    addGrainsOfFields();
    if (!fields.isEmpty() && whole.isEmpty()) {
      TimeUnitRange field = fields.iterator().next();
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          "extract("
              + field.name().toLowerCase(Locale.ROOT)
              + " ...) alone would add up different years. Group by extract(year ...) as well, or by "
              + grainOfField(field).name().toLowerCase(Locale.ROOT));
    }
    List<Key> all = new ArrayList<>(whole);
    Optional<Key> finest = all.stream().min((a, b) -> a.grain().compareTo(b.grain()));
    for (Key key : all) {
      if (!finest.get().grain().nestsIn(key.grain())) {
        throw mixed(finest.get().grain(), key.grain());
      }
      boolean sameGrain = key.grain() == finest.get().grain() && key.grain() != Grain.DAY;
      if (sameGrain
          && !key.rules().equals(finest.get().rules())
          && !sameBuckets(key, finest.get())) {
        throw new QueryException(
            SqlState.GROUPING_ERROR,
            "the column "
                + key.grain().name().toLowerCase(Locale.ROOT)
                + " follows the session's calendar and date_trunc does not. Group by one of them");
      }
    }
    return finest;
  }

  private static boolean sameBuckets(Key a, Key b) {
    return a.grain() == Grain.MONTH
        || a.grain() == Grain.WEEK && a.rules().weekStart() == b.rules().weekStart()
        || a.grain() != Grain.WEEK && a.rules().fiscalYearStart() == b.rules().fiscalYearStart();
  }

  /** The year with the month means months, and so on, from coarse to fine. */
  private void addGrainsOfFields() {
    if (has(Grain.YEAR) || has(Grain.QUARTER)) {
      promote(TimeUnitRange.QUARTER, Grain.QUARTER);
      promote(TimeUnitRange.MONTH, Grain.MONTH);
    }
    if (has(Grain.YEAR)) {
      promote(TimeUnitRange.DOY, Grain.DAY);
    }
    if (fields.contains(TimeUnitRange.ISOYEAR) && fields.contains(TimeUnitRange.WEEK)) {
      whole.add(new Key(Grain.WEEK, CalendarRules.ISO));
    } else if (has(Grain.YEAR) && fields.contains(TimeUnitRange.WEEK)) {
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          "a week can lie in two years. Group by week, or by extract(isoyear ...) with extract(week ...)");
    }
    if (has(Grain.MONTH)) {
      promote(TimeUnitRange.DAY, Grain.DAY);
    }
    if (has(Grain.WEEK)) {
      promote(TimeUnitRange.DOW, Grain.DAY);
      promote(TimeUnitRange.ISODOW, Grain.DAY);
    }
  }

  private boolean has(Grain grain) {
    return whole.stream().anyMatch(key -> key.grain() == grain);
  }

  private void promote(TimeUnitRange field, Grain grain) {
    if (fields.contains(field)) {
      whole.add(new Key(grain, CalendarRules.ISO));
    }
  }

  private static QueryException mixed(Grain a, Grain b) {
    return new QueryException(
        SqlState.GROUPING_ERROR,
        "grouping by "
            + a.name().toLowerCase(Locale.ROOT)
            + " and by "
            + b.name().toLowerCase(Locale.ROOT)
            + ": a week can lie in two of them. Group by one, or by day");
  }
}
