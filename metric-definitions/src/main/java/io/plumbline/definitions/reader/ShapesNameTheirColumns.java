package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.Bounds;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.Shape.ShapeJoin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys, entity, times, currency, joins and dimensions name columns that are there. */
final class ShapesNameTheirColumns implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    draft.contracts().forEach(c -> check("Contract", c.name(), c.shape(), c.shape(), problems));
    for (DatasetDeclaration dataset : draft.datasets()) {
      boolean judged = dataset.contract().isEmpty() || draft.contractOf(dataset).isPresent();
      if (judged) {
        check("Dataset", dataset.name(), dataset.shape(), draft.shapeOf(dataset), problems);
      }
    }
  }

  private static void check(String kind, Name owner, Shape naming, Shape named, Problems problems) {
    List<String> columns = Draft.columnNames(named);
    names(naming)
        .filter(name -> !columns.contains(name.text()))
        .forEach(
            name ->
                problems.add(
                    name.at(),
                    "%s '%s' has no column '%s'.".formatted(kind, owner, name),
                    Suggestion.insteadOf(name.text(), columns)));
  }

  private static Stream<Name> names(Shape shape) {
    return Stream.of(
            shape.primaryKey().stream(),
            shape.entity().stream().map(Shape.Entity::column),
            bounds(shape.validity()),
            bounds(shape.versions()),
            shape.time().stream(),
            shape.currency().stream(),
            shape.joins().stream()
                .flatMap(join -> join.columns().stream())
                .map(ShapeJoin.Pair::own),
            shape.dimensions().stream().map(ShapeDimension::column))
        .flatMap(names -> names);
  }

  private static Stream<Name> bounds(Optional<Bounds> bounds) {
    return bounds.stream().flatMap(b -> Stream.of(b.from(), b.to()));
  }
}
