package io.plumbline.definitions.reader;

import io.plumbline.definitions.Column;
import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Dataset.EntityKey;
import io.plumbline.definitions.Dataset.Interval;
import io.plumbline.definitions.Dimension;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Join;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.Bounds;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.Shape.ShapeJoin;
import java.util.Optional;

/** Makes datasets out of mappings and their contracts. */
final class DatasetAssembly {

  private final Draft draft;

  DatasetAssembly(Draft draft) {
    this.draft = draft;
  }

  Dataset dataset(DatasetDeclaration declared) {
    Shape shape = draft.shapeOf(declared);
    return new Dataset(
        declared.name().text(),
        declared.contract().map(Name::text),
        description(declared),
        declared.source().orElseThrow(),
        shape.columns().stream().flatMap(column -> column(declared, column).stream()).toList(),
        shape.primaryKey().stream().map(Name::text).toList(),
        shape.entity().map(e -> new EntityKey(e.entity().text(), e.column().text())),
        declared.where(),
        declared.deduplicate(),
        shape.versions().filter(b -> isBound(declared, b)).map(DatasetAssembly::interval),
        shape.validity().filter(b -> isBound(declared, b)).map(DatasetAssembly::interval),
        shape.time().map(Name::text).filter(column -> isBound(declared, column)),
        shape.currency().map(Name::text).filter(column -> isBound(declared, column)),
        shape.exclusions(),
        shape.joins().stream().filter(this::isMapped).map(DatasetAssembly::join).toList(),
        shape.dimensions().stream()
            .filter(dimension -> isBound(declared, dimension.column().text()))
            .map(this::dimension)
            .toList(),
        declared.name().at());
  }

  private String description(DatasetDeclaration declared) {
    return declared.description().isEmpty()
        ? draft.contractOf(declared).map(ContractDeclaration::description).orElse("")
        : declared.description();
  }

  /** The column with its source; empty if the mapping leaves out an optional one. */
  private static Optional<Column> column(DatasetDeclaration declared, ShapeColumn column) {
    return declared
        .binding(column.name().text())
        .map(
            binding ->
                new Column(
                    column.name().text(),
                    binding.expression(),
                    type(column, binding),
                    column.nullable(),
                    zone(declared, column, binding),
                    column.unit(),
                    column.description(),
                    binding.column().at()));
  }

  private static DataType type(ShapeColumn column, Binding binding) {
    return binding.type().map(TypeName::type).orElse(column.types().get(0));
  }

  private static Optional<Expression> zone(
      DatasetDeclaration declared, ShapeColumn column, Binding binding) {
    return type(column, binding) == DataType.TIMESTAMPTZ
        ? declared.zoneOf(binding).flatMap(ZoneRule::zone)
        : Optional.empty();
  }

  private static boolean isBound(DatasetDeclaration declared, Bounds bounds) {
    return isBound(declared, bounds.from().text()) && isBound(declared, bounds.to().text());
  }

  private static boolean isBound(DatasetDeclaration declared, String column) {
    return declared.binding(column).isPresent();
  }

  private static Interval interval(Bounds bounds) {
    return new Interval(bounds.from().text(), bounds.to().text());
  }

  private boolean isMapped(ShapeJoin join) {
    return draft.dataset(join.to().text()).isPresent();
  }

  private static Join join(ShapeJoin join) {
    return new Join(
        join.to().text(),
        join.columns().stream().map(pair -> pair.own().text()).toList(),
        join.columns().stream().map(pair -> pair.target().text()).toList(),
        join.cardinality(),
        join.at());
  }

  private Dimension dimension(ShapeDimension dimension) {
    return new Dimension(
        dimension.name().text(),
        dimension.column().text(),
        dimension.label(),
        dimension.description(),
        dimension.synonyms(),
        dimension
            .history()
            .filter(h -> draft.isBound(h.dataset().text(), h.column().text()))
            .map(Shape.HistoryReference::history),
        dimension
            .sameAs()
            .map(other -> new Dimension.Reference(other.dataset().text(), other.column().text())),
        dimension.name().at());
  }
}
