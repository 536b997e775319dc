package io.plumbline.definitions.reader;

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
    ENTITY
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
    Measure measure =
        fields.word("count", Counted.class).isPresent() ? Measure.ENTITIES : Measure.AMOUNT;
    Optional<Name> entity = fields.name("entity");
    return of.map(column -> new SnapshotMetric(header, column, edge, measure, entity));
  }

  /**
   * @param entity the entity whose rows are summed first, where the author said it
   */
  record SnapshotMetric(
      MetricHeader header, Dotted of, Edge edge, Measure measure, Optional<Name> entity)
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
    public Optional<Unit> unit() {
      Optional<Unit> counted =
          measure == Measure.ENTITIES ? Optional.of(Unit.COUNT) : Optional.empty();
      return header.unit().or(() -> counted);
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Snapshot(
          header.info(unit().orElseThrow()),
          of.dataset().text(),
          of.column().text(),
          edge,
          measure);
    }
  }
}
