package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Snapshot.Edge;
import io.plumbline.definitions.Metric.Snapshot.Measure;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code type: snapshot}: the state at an edge of the period. {@code of} names a column of a
 * dataset with validity, {@code count: entity} asks for the entities whose sum is positive.
 */
final class SnapshotKind implements MetricKind {

  private enum Counted {
    ENTITY,
    ROWS
  }

  private enum Extreme {
    MIN,
    MAX
  }

  private enum Currency {
    NATIVE
  }

  @Override
  public String word() {
    return "snapshot";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Dotted> of =
        fields.required(
            "of", fields.dotted("of"), "Name what is summed: `of: subscription_intervals.mrr`.");
    Edge edge = fields.word("edge", Edge.class).orElse(Edge.CLOSING);
    Measure measure = measure(fields);
    boolean ownCurrency = fields.word("currency", Currency.class).isPresent();
    Optional<Expression> filter = fields.expression("filter");
    Optional<Dotted> ends = fields.dotted("ends");
    Optional<Name> entity = fields.name("entity");
    return of.map(
        column ->
            new SnapshotMetric(header, column, filter, ends, edge, measure, ownCurrency, entity));
  }

  private static Measure measure(Fields fields) {
    Optional<Counted> counted = fields.word("count", Counted.class);
    Optional<Extreme> extreme = fields.word("agg", Extreme.class);
    if (counted.isPresent() && extreme.isPresent()) {
      fields
          .problems()
          .add(
              fields.at(),
              "%s counts and takes an extreme at once.".formatted(fields.what()),
              "Keep `count` or `agg`.");
    }
    if (counted.isPresent()) {
      return counted.get() == Counted.ENTITY ? Measure.ENTITIES : Measure.ROWS;
    }
    return extreme.map(e -> e == Extreme.MIN ? Measure.MIN : Measure.MAX).orElse(Measure.AMOUNT);
  }

  /**
   * @param entity the entity whose rows are summed first, where the author said it
   */
  record SnapshotMetric(
      MetricHeader header,
      Dotted of,
      Optional<Expression> filter,
      Optional<Dotted> ends,
      Edge edge,
      Measure measure,
      boolean ownCurrency,
      Optional<Name> entity)
      implements MetricDeclaration {

    @Override
    public Optional<Name> dataset() {
      return Optional.of(of.dataset());
    }

    @Override
    public List<Name> columns() {
      return List.of(of.column());
    }

    @Override
    public List<Dotted> others() {
      return ends.stream().toList();
    }

    @Override
    public List<Expression> expressions() {
      return filter.stream().toList();
    }

    @Override
    public Optional<Unit> unit() {
      boolean counts = measure == Measure.ENTITIES || measure == Measure.ROWS;
      return header.unit().or(() -> counts ? Optional.of(Unit.COUNT) : Optional.empty());
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Snapshot(
          header.info(unit().orElseThrow()),
          of.dataset().text(),
          of.column().text(),
          filter,
          ends.map(e -> new Metric.Snapshot.Ends(e.dataset().text(), e.column().text())),
          edge,
          measure,
          ownCurrency);
    }
  }
}
