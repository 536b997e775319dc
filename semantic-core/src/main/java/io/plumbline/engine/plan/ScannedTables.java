package io.plumbline.engine.plan;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/** The tables that a plan names, wherever they stand in it. */
final class ScannedTables {

  private ScannedTables() {}

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
