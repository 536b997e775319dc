package io.plumbline.masking;

import io.plumbline.engine.Governor;
import io.plumbline.engine.Principal;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;

/** Applies a policy file: grants of several roles add up, and a denial wins over any grant. */
public final class PolicyGovernor implements Governor {

  private final Policies policies;

  public PolicyGovernor(Policies policies) {
    this.policies = policies;
  }

  @Override
  public boolean maySeeSchema(Principal principal, String schema) {
    List<SchemaRights> rights = policies.rightsOf(principal);
    return rights.stream().anyMatch(role -> role.allows(schema))
        && rights.stream().noneMatch(role -> role.denies(schema));
  }

  @Override
  public boolean maySeeTable(Principal principal, String schema, String table) {
    return maySeeSchema(principal, schema);
  }

  @Override
  public boolean maySeeColumn(Principal principal, String schema, String table, String column) {
    return maySeeTable(principal, schema, table);
  }

  @Override
  public boolean maySeePhysicalPlan(Principal principal) {
    return policies.knows(principal)
        && principal.roles().stream().anyMatch(policies.physicalPlan()::contains);
  }

  /**
   * A schema denial looks at the names that a user writes, not at what a metric reads, so a scan of
   * a denied schema stands here for every known principal. An unknown one reads no rows, whatever
   * let the scan come this far.
   */
  @Override
  public RelNode govern(
      TableScan scan, WarehouseTable table, Principal principal, RelBuilder builder) {
    if (policies.knows(principal)) {
      return scan;
    }
    // Not RelBuilder.empty(): a VALUES without rows loses the types of the columns in print.
    return LogicalFilter.create(scan, builder.getRexBuilder().makeLiteral(false));
  }

  @Override
  public List<String> appliedTo(WarehouseTable table, Principal principal) {
    return policies.knows(principal) ? List.of() : List.of("no role: no rows");
  }

  @Override
  public String version() {
    return policies.version();
  }
}
