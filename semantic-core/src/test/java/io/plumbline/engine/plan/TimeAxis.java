package io.plumbline.engine.plan;

import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.Statement;
import io.plumbline.engine.sql.StatementParser;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Time expressions written in SQL, over nothing but time columns. */
record TimeAxis(SessionSettings settings, Supplier<Optional<LocalDate>> firstChange) {

  /** 2026-03-31 is today, in UTC; data begin on 2025-01-15. */
  static final TimeAxis STANDARD =
      new TimeAxis(
          new SessionSettings(
              ZoneId.of("UTC"),
              LocalDate.of(2026, 3, 31),
              true,
              Optional.empty(),
              CalendarRules.ISO,
              "USD",
              LocalDate.of(2026, 3, 31)),
          () -> Optional.of(LocalDate.of(2025, 1, 15)));

  TimeAxis asOf(String day) {
    return with(settings.timeZone(), LocalDate.parse(day), settings.calendar());
  }

  TimeAxis zone(String zone) {
    return with(ZoneId.of(zone), settings.asOf(), settings.calendar());
  }

  TimeAxis calendar(DayOfWeek weekStart, Month fiscalYearStart) {
    return with(
        settings.timeZone(), settings.asOf(), new CalendarRules(weekStart, fiscalYearStart));
  }

  TimeAxis withoutData() {
    return new TimeAxis(settings, Optional::empty);
  }

  private TimeAxis with(ZoneId zone, LocalDate asOf, CalendarRules rules) {
    return new TimeAxis(
        new SessionSettings(zone, asOf, true, Optional.empty(), rules, "USD", asOf), firstChange);
  }

  private static RexBuilder rex() {
    return new RexBuilder(PlumblineTypeSystem.typeFactory());
  }

  static Optional<TimeColumn> column(int index) {
    return Optional.of(TimeColumn.inOrder().get(index));
  }

  /** What a query's keys ask for. */
  Optional<TimeKeys.Key> key(String... keys) {
    return TimeKeys.grain(expressions(keys), TimeAxis::column, settings.calendar());
  }

  /** The periods of a query with this condition and these time keys. */
  Spine spine(String condition, String... keys) {
    List<RexNode> filters =
        condition.isEmpty()
            ? List.of()
            : RelOptUtil.conjunctions(
                ((Filter) plan("select metric_time from axis where " + condition)).getCondition());
    List<RexNode> time = expressions(keys);
    RangeResolver ranges = new RangeResolver(settings, rex(), TimeAxis::column, firstChange);
    return new KeyedPeriods(rex(), settings, TimeAxis::column)
        .of(
            time,
            TimeKeys.grain(time, TimeAxis::column, settings.calendar()),
            key -> ranges.resolve(filters, key));
  }

  /** The same as text, such as {@code 2025-03-10..2025-03-31 of 2025-03-01 partial}. */
  List<String> periods(String condition, String... keys) {
    return spine(condition, keys).periods().stream().map(TimeAxis::text).toList();
  }

  private static String text(Period period) {
    return period.from()
        + ".."
        + period.lastDay()
        + (period.bucket().equals(period.from()) ? "" : " of " + period.bucket())
        + (period.complete() ? "" : " partial")
        + (period.asked() ? "" : " unasked");
  }

  /** The value of an expression on a day. */
  @Nullable Object valueOn(String day, String expression) {
    return new CalendarExpressions(rex(), settings.asOf(), settings.timeZone())
        .compile(expressions(expression).get(0))
        .evaluate(i -> column(i).orElseThrow().onDay(LocalDate.parse(day), settings.calendar()));
  }

  private static List<RexNode> expressions(String... keys) {
    if (keys.length == 0) {
      return List.of();
    }
    return ((Project) plan("select " + String.join(", ", Arrays.asList(keys)) + " from axis"))
        .getProjects();
  }

  private static RelNode plan(String sql) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add("axis", new AxisTable());
    var query = (Statement.Query) new StatementParser().parse(sql);
    RelNode relation =
        new QueryCompiler(PlumblineTypeSystem.typeFactory())
            .compilation(root, List.of())
            .convert(query.node())
            .root()
            .rel;
    return sql.contains(" where ") ? relation.getInput(0) : relation;
  }

  private static final class AxisTable extends AbstractTable {
    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder row = types.builder();
      TimeColumn.inOrder()
          .forEach(
              column ->
                  row.add(
                      column.columnName(),
                      column == TimeColumn.IS_COMPLETE ? SqlTypeName.BOOLEAN : SqlTypeName.DATE));
      return row.build();
    }
  }
}
