package io.plumbline.engine;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.tools.RelBuilder;

/**
 * Who may see what. The engine asks it for every scan of a source table, wherever in the plan the
 * scan stands, and refuses a plan that has a scan which did not come from here.
 */
public interface Governor {

  /**
   * Whether the principal may name the schema, or anything in it, in SQL and see it in metadata.
   */
  boolean maySeeSchema(Principal principal, String schema);

  /** Whether the principal may name the table. Asked only within visible schemas. */
  boolean maySeeTable(Principal principal, String schema, String table);

  /** Whether the principal may name the column. Asked only within visible tables. */
  boolean maySeeColumn(Principal principal, String schema, String table, String column);

  /** Whether {@code explain} may show the physical SQL. */
  boolean maySeePhysicalPlan(Principal principal);

  /**
   * What stands in the plan for a scan of a source table: the scan itself under its row filter,
   * fence and masks, with the row type of the scan.
   */
  RelNode govern(TableScan scan, WarehouseTable table, Principal principal, RelBuilder builder);

  /** The rules by name that {@link #govern} applies to a table, for {@code explain} and audit. */
  List<String> appliedTo(WarehouseTable table, Principal principal);

  /** Changes with every change of the rules: part of every cache key. */
  String version();
}
