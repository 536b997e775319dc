package io.plumbline.engine.catalog;

import io.plumbline.engine.LiveTable;
import io.plumbline.engine.warehouse.ColumnTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table of live rows as the validator sees it. */
public final class LiveCatalogTable extends AbstractTable {

  private final LiveTable table;

  LiveCatalogTable(LiveTable table) {
    this.table = table;
  }

  public LiveTable table() {
    return table;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    for (LiveTable.Column column : table.columns()) {
      row.add(
          column.name(),
          ColumnTypes.ofPostgres(types, column.type().postgresName(), column.nullable()));
    }
    return row.build();
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.VIEW;
  }
}
