package io.plumbline.definitions.reader;

import io.plumbline.definitions.SemanticTable.DimensionReference;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.TableDeclaration.Pick;
import java.util.List;
import java.util.Optional;

/** One dimension that a table takes from a dataset, and its name there. */
record PickedDimension(String dataset, ShapeDimension dimension, Name name) {

  /** The dimensions behind {@code dataset.dimension} or {@code dataset.*}; none if unknown. */
  static List<PickedDimension> of(Pick pick, Draft draft) {
    List<ShapeDimension> all =
        draft.shape(pick.dataset().text()).map(Shape::dimensions).orElse(List.of());
    return all.stream()
        .filter(d -> pick.dimension().map(n -> n.text().equals(d.name().text())).orElse(true))
        .map(d -> new PickedDimension(pick.dataset().text(), d, nameOf(pick, d)))
        .toList();
  }

  private static Name nameOf(Pick pick, ShapeDimension dimension) {
    return pick.alias().orElse(new Name(dimension.name().text(), pick.dataset().at()));
  }

  /** Whether its column is the whole key of the dataset whose rows are the entities themselves. */
  boolean isKeyOf(Name entity, Draft draft) {
    Optional<Shape> shape = draft.shape(dataset);
    String column = dimension.column().text();
    return shape
        .filter(s -> s.primaryKey().stream().map(Name::text).toList().equals(List.of(column)))
        .flatMap(Shape::entity)
        .filter(e -> e.entity().text().equals(entity.text()) && e.column().text().equals(column))
        .isPresent();
  }

  DimensionReference reference(TableDeclaration table, Draft draft) {
    boolean key = table.entity().map(entity -> isKeyOf(entity, draft)).orElse(false);
    return new DimensionReference(name.text(), dataset, dimension.name().text(), key);
  }
}
