package io.plumbline.engine.plan;

import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.tools.RelBuilder;

/**
 * Replaces a scan of a table with hidden columns, which the warehouse would read by position, by
 * the visible columns of the whole table. Row filters may then read what is hidden.
 */
final class WholeTables extends PlanRewriter {

  private final WarehouseCatalog tables;
  private final QueryCompiler.Compilation definer;

  WholeTables(WarehouseCatalog tables, QueryCompiler.Compilation definer) {
    this.tables = tables;
    this.definer = definer;
  }

  @Override
  public RelNode visit(TableScan scan) {
    WarehouseTable visible = scan.getTable().unwrap(WarehouseTable.class);
    if (visible == null) {
      return scan;
    }
    WarehouseTable whole = tables.table(visible.schema(), visible.name()).orElseThrow();
    if (whole.columns().size() == visible.columns().size()) {
      return scan;
    }
    RelBuilder builder = definer.builder().scan(whole.schema(), whole.name());
    return builder.project(builder.fields(scan.getRowType().getFieldNames())).build();
  }
}
