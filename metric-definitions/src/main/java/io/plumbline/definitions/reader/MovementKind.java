package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Movement.Basis;
import io.plumbline.definitions.Metric.Movement.MovementClass;
import io.plumbline.definitions.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code type: movement}: how entities moved between the edges of the period. {@code of} names a
 * snapshot metric of an amount.
 */
final class MovementKind implements MetricKind {

  private enum Counted {
    ENTITY
  }

  @Override
  public String word() {
    return "movement";
  }

  @Override
  public Optional<MetricDeclaration> read(Fields fields, MetricHeader header) {
    Optional<Name> of =
        fields.required("of", fields.name("of"), "Name the snapshot metric that moves: `of: mrr`.");
    Optional<MovementClass> movement =
        fields.required(
            "movement",
            fields.word("movement", MovementClass.class),
            "Say which class, such as `movement: expansion`.");
    boolean entities = fields.word("count", Counted.class).isPresent();
    Basis basis = fields.word("basis", Basis.class).orElse(Basis.PERIOD);
    return of.flatMap(o -> movement.map(m -> new MovementMetric(header, o, m, entities, basis)));
  }

  record MovementMetric(
      MetricHeader header, Name of, MovementClass movement, boolean entities, Basis basis)
      implements StateDeclaration {

    @Override
    public List<Name> inputs() {
      return List.of(of);
    }

    @Override
    public Optional<Unit> unit() {
      return header.unit().or(() -> entities ? Optional.of(Unit.COUNT) : Optional.empty());
    }

    @Override
    public Metric build(Map<String, Metric> built) {
      return new Metric.Movement(
          header.info(unit().orElseThrow()),
          StateDeclaration.state(of, built),
          movement,
          entities,
          basis);
    }
  }
}
