package io.plumbline.engine.catalog;

import java.util.Set;

/**
 * A column of a dataset, and the source columns from which its values come.
 *
 * @param origins none for what no table holds
 */
public record DatasetColumn(String dataset, String column, Set<Origin> origins) {

  public DatasetColumn {
    origins = Set.copyOf(origins);
  }
}
