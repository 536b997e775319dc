package io.plumbline.engine.warehouse;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table, view or materialized view of the warehouse, as it was when the catalog was read. */
public final class WarehouseTable extends AbstractTable {

  /** A column with its Calcite type. */
  public record Column(String name, RelDataType type, String remarks) {}

  private final String schema;
  private final String name;
  private final List<Column> columns;

  public WarehouseTable(String schema, String name, List<Column> columns) {
    this.schema = schema;
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  public String schema() {
    return schema;
  }

  public String name() {
    return name;
  }

  public List<Column> columns() {
    return columns;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder row = typeFactory.builder();
    columns.forEach(column -> row.add(column.name(), column.type()));
    return row.build();
  }
}
