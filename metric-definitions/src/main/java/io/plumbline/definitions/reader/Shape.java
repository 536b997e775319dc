package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Dimension.History;
import io.plumbline.definitions.Exclusion;
import io.plumbline.definitions.Join.Cardinality;
import io.plumbline.definitions.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said about the rows of a dataset, whatever their source: by a contract, by a dataset that
 * has none, or by a mapping on top of its contract.
 */
record Shape(
    List<ShapeColumn> columns,
    List<Name> primaryKey,
    Optional<Entity> entity,
    Optional<Bounds> validity,
    Optional<Bounds> versions,
    Optional<Name> time,
    Optional<Name> currency,
    List<Exclusion> exclusions,
    List<ShapeJoin> joins,
    List<ShapeDimension> dimensions) {

  /**
   * A column before it is bound to a source.
   *
   * @param types the types it may have, the usual one first
   * @param optional whether a mapping may leave it out
   */
  record ShapeColumn(
      Name name,
      List<DataType> types,
      boolean nullable,
      boolean optional,
      Optional<String> unit,
      String description) {}

  /** The owner of a row, and the column that holds its key. */
  record Entity(Name entity, Name column) {}

  /** Two columns that bound an interval. */
  record Bounds(Name from, Name to) {}

  /**
   * A way to another dataset.
   *
   * @param columns pairs of an own column and one of the other dataset
   */
  record ShapeJoin(Name to, List<Pair> columns, Cardinality cardinality, Position at) {

    /** Columns that must be equal. */
    record Pair(Name own, Name target) {}
  }

  /**
   * A dimension before its column is bound.
   *
   * @param sameAs the dimension of another dataset that it stands for
   * @param own the binding of a column that only this dimension brings
   */
  record ShapeDimension(
      Name name,
      Name column,
      String label,
      String description,
      List<String> synonyms,
      Optional<HistoryReference> history,
      Optional<Dotted> sameAs,
      Optional<DatasetDeclaration.Binding> own) {}

  /** Where earlier values stand. */
  record HistoryReference(Name dataset, Name column) {
    History history() {
      return new History(dataset.text(), column.text());
    }
  }

  /** What a mapping may add to its contract. */
  static Shape ofAdditions(
      List<Exclusion> exclusions, List<ShapeJoin> joins, List<ShapeDimension> dimensions) {
    return new Shape(
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        exclusions,
        joins,
        dimensions);
  }

  Shape withColumns(List<ShapeColumn> added) {
    return new Shape(
        concat(columns, added),
        primaryKey,
        entity,
        validity,
        versions,
        time,
        currency,
        exclusions,
        joins,
        dimensions);
  }

  Optional<ShapeColumn> column(String name) {
    return columns.stream().filter(c -> c.name().text().equals(name)).findFirst();
  }

  /** This shape with what a mapping adds. */
  Shape plus(Shape added) {
    return new Shape(
        concat(columns, added.columns),
        primaryKey,
        entity,
        validity,
        versions,
        time,
        currency,
        concat(exclusions, added.exclusions),
        concat(joins, added.joins),
        concat(dimensions, added.dimensions));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
