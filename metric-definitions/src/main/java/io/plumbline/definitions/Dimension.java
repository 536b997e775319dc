package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * A column of a dataset that people may group and filter by.
 *
 * @param name the name in semantic tables
 * @param column the column of the dataset
 * @param history where its earlier values stand; without it every period sees the value as of
 *     {@code as_of}
 * @param sameAs the dimension of another dataset that this dataset answers with its own column
 */
public record Dimension(
    String name,
    String column,
    String label,
    String description,
    List<String> synonyms,
    Optional<History> history,
    Optional<Reference> sameAs,
    Position at) {

  /** A dimension of a dataset. */
  public record Reference(String dataset, String dimension) {}

  /**
   * Earlier values of a dimension: a dataset with validity, and its column that holds the value.
   */
  public record History(String dataset, String column) {}

  public Dimension {
    synonyms = List.copyOf(synonyms);
  }
}
