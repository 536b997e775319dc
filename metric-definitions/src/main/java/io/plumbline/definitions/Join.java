package io.plumbline.definitions;

import java.util.List;

/**
 * A declared way from a dataset to another one whose key it holds: never multiplies rows.
 *
 * @param to the other dataset; the columns of {@code target} are its primary key
 * @param columns columns of the declaring dataset, matched in order with {@code target}
 */
public record Join(
    String to, List<String> columns, List<String> target, Cardinality cardinality, Position at) {

  /** How many rows meet one row of the other dataset. */
  public enum Cardinality {
    MANY_TO_ONE,
    ONE_TO_ONE
  }

  public Join {
    columns = List.copyOf(columns);
    target = List.copyOf(target);
  }
}
