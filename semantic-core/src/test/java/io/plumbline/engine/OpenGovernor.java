package io.plumbline.engine;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** A governor that lets everyone see everything, for tests of what does not depend on rights. */
public class OpenGovernor implements Governor {

  @Override
  public boolean maySeeSchema(Principal principal, String schema) {
    return true;
  }

  @Override
  public boolean maySeeTable(Principal principal, String schema, String table) {
    return true;
  }

  @Override
  public boolean maySeeColumn(Principal principal, String schema, String table, String column) {
    return true;
  }

  @Override
  public boolean maySeePhysicalPlan(Principal principal) {
    return true;
  }

  @Override
  public RelNode govern(SourceScan scan, Principal principal) {
    return scan.scan();
  }

  @Override
  public List<String> appliedTo(WarehouseTable table, Principal principal) {
    return List.of();
  }

  @Override
  public String version() {
    return "open";
  }
}
