package io.plumbline.engine.plan;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/** The tables that a plan names, wherever they stand in it. */
final class ScannedTables {

  private ScannedTables() {}

  /** Whether a plan reads a source table. */
  static boolean readsWarehouse(RelNode plan) {
    List<TableScan> found = new ArrayList<>();
    plan.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(TableScan scan) {
            if (scan.getTable().unwrap(WarehouseTable.class) != null) {
              found.add(scan);
            }
            return scan;
          }
        });
    return !found.isEmpty();
  }

  /** As {@code schema.table}. */
  static Set<String> of(RelNode plan) {
    Set<String> names = new LinkedHashSet<>();
    plan.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(TableScan scan) {
            names.add(String.join(".", scan.getTable().getQualifiedName()));
            return scan;
          }
        });
    return names;
  }
}
