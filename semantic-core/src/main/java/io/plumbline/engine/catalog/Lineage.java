package io.plumbline.engine.catalog;

import java.util.List;
import java.util.Set;

/**
 * From which source columns the names of the semantic layer get their values. Conditions that
 * choose rows are no origin of a value, nor are the rates by which money is converted.
 */
public interface Lineage {

  /** The origins of a column of a semantic table. */
  Set<Origin> of(SemanticCatalogTable table, SemanticColumn column);

  /** The columns of datasets that hold a dimension's values of now and of earlier. */
  List<DatasetColumn> columnsOf(SemanticColumn.Dimensional dimension);

  /** The origins of every column of a published view. */
  Set<Origin> ofView(String view);
}
