package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * What people query in the schema {@code metrics}: metrics over shared dimensions and one time
 * axis.
 *
 * @param metrics names of metrics, in column order
 * @param dimensions in column order
 * @param time the name of its finest time column, {@code metric_time}
 * @param entity the entity whose key is among the dimensions, if any
 */
public record SemanticTable(
    String name,
    String description,
    List<String> metrics,
    List<DimensionReference> dimensions,
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

  public SemanticTable {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
  }
}
