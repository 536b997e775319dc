package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * What people query in the schema {@code metrics}: metrics over shared dimensions and one time
 * axis.
 *
 * @param metrics names of metrics, in column order
 * @param dimensions in column order
 * @param classes columns whose values are computed from metrics of each entity and period
 * @param time the name of its finest time column, {@code metric_time}
 * @param entity the entity whose key is among the dimensions, if any
 */
public record SemanticTable(
    String name,
    String description,
    List<String> metrics,
    List<DimensionReference> dimensions,
    List<ClassColumn> classes,
    String time,
    Optional<String> entity,
    Position at) {

  /**
   * A dimension of a dataset under the name that it has in this table.
   *
   * @param entityKey whether it is the key of the table's entity
   */
  public record DimensionReference(
      String name, String dataset, String dimension, boolean entityKey) {}

  /**
   * A column by which people group and filter as by a dimension.
   *
   * @param expression over metrics, evaluated for each entity and period
   */
  public record ClassColumn(String name, String label, String description, Expression expression) {}

  public SemanticTable {
    classes = List.copyOf(classes);
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
  }
}
