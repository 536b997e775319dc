package io.plumbline.masking;

import io.plumbline.engine.warehouse.WarehouseTable;

/** A table of the warehouse. */
public record TableName(String schema, String table) {

  static TableName of(WarehouseTable table) {
    return new TableName(table.schema(), table.name());
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
