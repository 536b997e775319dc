package io.plumbline.engine;

import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import io.plumbline.engine.warehouse.WarehouseTable.Column;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * Columns that somebody sees masked may be null, whatever the warehouse says of them, and tell no
 * rows apart.
 */
final class MaskedColumns {

  private MaskedColumns() {}

  static WarehouseCatalog nullable(
      WarehouseCatalog tables, Governor governor, RelDataTypeFactory types) {
    return tables.mapped(table -> nullable(table, governor, types));
  }

  private static WarehouseTable nullable(
      WarehouseTable table, Governor governor, RelDataTypeFactory types) {
    List<Column> columns =
        table.columns().stream()
            .map(
                column ->
                    isMasked(governor, table, column.name())
                        ? new Column(
                            column.name(),
                            types.createTypeWithNullability(column.type(), true),
                            column.remarks())
                        : column)
            .toList();
    List<Set<String>> keys =
        table.keys().stream()
            .filter(key -> key.stream().noneMatch(column -> isMasked(governor, table, column)))
            .toList();
    return new WarehouseTable(table.schema(), table.name(), columns, keys);
  }

  static boolean isMasked(Governor governor, WarehouseTable table, String column) {
    return governor.masksSomebody(table.schema(), table.name(), column);
  }
}
