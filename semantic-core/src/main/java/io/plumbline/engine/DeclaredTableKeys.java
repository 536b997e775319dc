package io.plumbline.engine;

import io.plumbline.definitions.Dataset;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledDataset.CompiledSource;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * What definitions say identifies a row of a table, beside what the warehouse says: the primary key
 * of a dataset that is the whole of a table. Every metric over it rests on the same word.
 */
final class DeclaredTableKeys {

  private DeclaredTableKeys() {}

  static WarehouseCatalog added(WarehouseCatalog tables, CompiledModel model, Governor governor) {
    return tables.mapped(table -> added(table, model, governor));
  }

  private static WarehouseTable added(
      WarehouseTable table, CompiledModel model, Governor governor) {
    List<Set<String>> keys = new ArrayList<>(table.keys());
    for (CompiledDataset dataset : model.datasets().values()) {
      key(dataset, table)
          .filter(key -> key.stream().noneMatch(c -> MaskedColumns.isMasked(governor, table, c)))
          .ifPresent(keys::add);
    }
    return keys.size() == table.keys().size() ? table : table.withKeys(keys);
  }

  private static Optional<Set<String>> key(CompiledDataset dataset, WarehouseTable table) {
    Dataset definition = dataset.definition();
    boolean whole =
        dataset.source() instanceof CompiledSource.OfTable source
            && source.table().schema().equals(table.schema())
            && source.table().name().equals(table.name())
            && dataset.where().isEmpty()
            && definition.versions().isEmpty()
            && !definition.deduplicate();
    return whole && !definition.primaryKey().isEmpty()
        ? columns(dataset, definition.primaryKey())
        : Optional.empty();
  }

  /** The columns of the table behind those of the dataset; empty if one is computed. */
  private static Optional<Set<String>> columns(CompiledDataset dataset, List<String> key) {
    Set<String> columns = new HashSet<>();
    for (String column : key) {
      RexNode expression = dataset.columns().get(column);
      if (!(expression instanceof RexInputRef ref)) {
        return Optional.empty();
      }
      columns.add(dataset.source().rowType().getFieldNames().get(ref.getIndex()));
    }
    return Optional.of(columns);
  }
}
