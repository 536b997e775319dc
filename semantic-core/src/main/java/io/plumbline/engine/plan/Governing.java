package io.plumbline.engine.plan;

import io.plumbline.engine.Governor;
import io.plumbline.engine.Principal;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.tools.RelBuilder;

/**
 * Puts every scan of a source table under the governor's rules, wherever it stands in the plan, and
 * refuses a plan with a scan that did not come from the governor.
 */
final class Governing {

  private final Governor governor;
  private final Principal principal;
  private final RelBuilder builder;
  private final Set<TableScan> governed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> applied = new LinkedHashSet<>();

  Governing(Governor governor, Principal principal, RelBuilder builder) {
    this.governor = governor;
    this.principal = principal;
    this.builder = builder;
  }

  RelNode govern(RelNode plan) {
    return plan.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(TableScan scan) {
            return govern(scan);
          }
        });
  }

  /** The rules that were applied, by name. */
  List<String> applied() {
    return List.copyOf(applied);
  }

  /** Fails if the plan has a scan that {@link #govern} has not seen. */
  void check(RelNode plan) {
    for (TableScan scan : scans(plan)) {
      if (!governed.contains(scan)) {
        throw new IllegalStateException(
            "a scan of " + scan.getTable().getQualifiedName() + " is not governed");
      }
    }
  }

  private RelNode govern(TableScan scan) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    if (table == null) {
      throw new IllegalStateException(scan.getTable().getQualifiedName() + " is no source table");
    }
    RelNode result = governor.govern(scan, table, principal, builder);
    if (!result.getRowType().equals(scan.getRowType())) {
      throw new IllegalStateException(
          "the governor changed the row type of " + scan.getTable().getQualifiedName());
    }
    applied.addAll(governor.appliedTo(table, principal));
    governed.addAll(scans(result));
    return result;
  }

  private static List<TableScan> scans(RelNode plan) {
    List<TableScan> scans = new ArrayList<>();
    plan.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(TableScan scan) {
            scans.add(scan);
            return scan;
          }
        });
    return scans;
  }
}
