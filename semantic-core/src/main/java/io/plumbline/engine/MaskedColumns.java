package io.plumbline.engine;

import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** Columns that somebody sees masked may be null, whatever the warehouse says of them. */
final class MaskedColumns {

  private MaskedColumns() {}

  static WarehouseCatalog nullable(
      WarehouseCatalog tables, Governor governor, RelDataTypeFactory types) {
    Map<String, Map<String, WarehouseTable>> schemas = new LinkedHashMap<>();
    tables
        .schemas()
        .forEach(
            (schema, byName) -> {
              Map<String, WarehouseTable> named = new LinkedHashMap<>();
              byName.forEach((name, table) -> named.put(name, nullable(table, governor, types)));
              schemas.put(schema, named);
            });
    return new WarehouseCatalog(schemas, tables.version());
  }

  private static WarehouseTable nullable(
      WarehouseTable table, Governor governor, RelDataTypeFactory types) {
    return new WarehouseTable(
        table.schema(),
        table.name(),
        table.columns().stream()
            .map(
                column ->
                    governor.masksSomebody(table.schema(), table.name(), column.name())
                        ? new WarehouseTable.Column(
                            column.name(),
                            types.createTypeWithNullability(column.type(), true),
                            column.remarks())
                        : column)
            .toList());
  }
}
