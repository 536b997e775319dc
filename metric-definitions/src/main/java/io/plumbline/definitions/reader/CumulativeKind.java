package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.definitions.Unit;
import io.plumbline.definitions.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code type: cumulative}: an aggregate over the rows of a dataset in a window that ends with the
 * period, {@code offset} earlier if it says so.
 */
final class CumulativeKind implements MetricKind {

  private static final Set<Aggregation> WINDOWED =
      EnumSet.of(Aggregation.COUNT_DISTINCT, Aggregation.COUNT, Aggregation.SUM);
  private static final Set<Aggregation> UNBOUNDED = EnumSet.of(Aggregation.MIN, Aggregation.MAX);

  private enum Calendar {
    MONTH
  }

  private enum Coarser {
    AVERAGE
  }

  @Override
  public String word() {
    return "cumulative";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<AggregatedRows> rows = AggregatedRows.read(fields);
    Optional<Window> window =
        fields.required(
            "window",
            parsed(fields, "window", Window::parse, "30 days, 12 months, year to date, unbounded"),
            "Say which days it reads, such as `window: 30 days`.");
    Optional<Window> offset =
        parsed(
            fields,
            "offset",
            text -> Window.parse(text).filter(Window.Days.class::isInstance),
            "30 days");
    boolean calendarMonth = fields.word("calendar", Calendar.class).isPresent();
    boolean average = fields.word("coarser", Coarser.class).isPresent();
    rows.ifPresent(
        r -> window.ifPresent(w -> requireSupported(fields, r.aggregation(), w, average)));
    int offsetDays = offset.map(o -> ((Window.Days) o).count()).orElse(0);
    return rows.flatMap(
        r ->
            window.map(
                w -> new CumulativeMetric(header, r, w, offsetDays, calendarMonth, average)));
  }

  private static Optional<Window> parsed(
      Fields fields, String key, Function<String, Optional<Window>> parse, String examples) {
    Optional<Name> written = fields.name(key);
    Optional<Window> window = written.flatMap(text -> parse.apply(text.text()));
    if (written.isPresent() && window.isEmpty()) {
      fields
          .problems()
          .add(
              written.get().at(),
              "%s has the %s '%s', which is none.".formatted(fields.what(), key, written.get()),
              "Write such as: %s.".formatted(examples));
    }
    return window;
  }

  /** A window that drops days again can't tell the largest of the rest. */
  private static void requireSupported(
      Fields fields, Aggregation aggregation, Window window, boolean average) {
    boolean unbounded = window instanceof Window.Unbounded && !average;
    boolean supported =
        WINDOWED.contains(aggregation) || UNBOUNDED.contains(aggregation) && unbounded;
    if (!supported) {
      fields
          .problems()
          .add(
              fields.at(),
              "%s can't be evaluated over its window.".formatted(fields.what()),
              "Use count_distinct, count or sum; min and max have `window: unbounded`.");
    }
  }

  record CumulativeMetric(
      MetricHeader header,
      AggregatedRows rows,
      Window window,
      int offsetDays,
      boolean calendarMonth,
      boolean averageWhenCoarser)
      implements MetricDeclaration {

    @Override
    public Optional<Name> dataset() {
      return Optional.of(rows.dataset());
    }

    @Override
    public List<Expression> expressions() {
      return rows.expressions();
    }

    @Override
    public Optional<Unit> unit() {
      return header.unitOf(rows.aggregation());
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Cumulative(
          header.info(unit().orElseThrow()),
          rows.dataset().text(),
          rows.aggregation(),
          rows.expression(),
          rows.filter(),
          window,
          offsetDays,
          calendarMonth,
          averageWhenCoarser);
    }
  }
}
