package io.plumbline.engine.plan;

import io.plumbline.engine.Governor;
import io.plumbline.engine.Mask;
import io.plumbline.engine.Principal;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TransientTable;

/**
 * Puts every scan of a source table under the governor's rules, wherever it stands in the plan, and
 * refuses a plan with a scan that did not come from the governor.
 */
final class Governing implements DatasetRules {

  private final Governor governor;
  private final Principal principal;
  private final QueryCompiler.Compilation sources;
  private final LocalDate rightsOn;
  private final DatasetLineage lineage;
  private final Set<TableScan> governed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> applied = new LinkedHashSet<>();
  private final Set<String> tables = new LinkedHashSet<>();

  Governing(
      Governor governor,
      Principal principal,
      LocalDate rightsOn,
      QueryCompiler.Compilation sources,
      DatasetLineage lineage) {
    this.governor = governor;
    this.principal = principal;
    this.rightsOn = rightsOn;
    this.sources = sources;
    this.lineage = lineage;
  }

  /** Governs what the query itself reads; the inputs of datasets are governed already. */
  RelNode govern(RelNode plan) {
    return govern(plan, SourceScan.Use.SHOWN);
  }

  @Override
  public RelNode input(RelNode source) {
    return govern(source, SourceScan.Use.DEFINITION);
  }

  @Override
  public Optional<Mask> mask(String dataset, String column) {
    return governor.mask(lineage.column(dataset, column), principal);
  }

  /** The rules for metrics with which the principal compares itself. */
  DatasetRules ofBenchmark() {
    return new DatasetRules() {
      @Override
      public RelNode input(RelNode source) {
        return govern(source, SourceScan.Use.BENCHMARK);
      }

      @Override
      public Optional<Mask> mask(String dataset, String column) {
        return Governing.this.mask(dataset, column);
      }
    };
  }

  private RelNode govern(RelNode plan, SourceScan.Use use) {
    return plan.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(TableScan scan) {
            return governed.contains(scan) || isOwnResult(scan)
                ? scan
                : govern(scan, use, List.of());
          }

          @Override
          public RelNode visit(RelNode other) {
            return other instanceof Filter filter
                    && filter.getInput() instanceof TableScan scan
                    && filter.getVariablesSet().isEmpty()
                    && !isOwnResult(scan)
                    && !governed.contains(scan)
                ? under(filter, scan, use).accept(this)
                : super.visit(other);
          }
        });
  }

  /** What a recursive query has found so far: it comes from scans that are governed. */
  private static boolean isOwnResult(TableScan scan) {
    return scan.getTable().unwrap(TransientTable.class) != null;
  }

  /** The governor is offered what is harmless below a fence; the filter stays above it as it is. */
  private RelNode under(Filter filter, TableScan scan, SourceScan.Use use) {
    List<RexNode> harmless =
        RelOptUtil.conjunctions(filter.getCondition()).stream()
            .filter(SafeConditions::isSafe)
            .toList();
    return filter.copy(filter.getTraitSet(), govern(scan, use, harmless), filter.getCondition());
  }

  /** The rules that were applied, by name. */
  List<String> applied() {
    return List.copyOf(applied);
  }

  /** The source tables that were governed, as {@code schema.table}. */
  Set<String> tables() {
    return tables;
  }

  /** Fails if the plan has a scan that {@link #govern} has not seen. */
  void check(RelNode plan) {
    for (TableScan scan : scans(plan)) {
      if (!governed.contains(scan) && !isOwnResult(scan)) {
        throw new IllegalStateException(
            "a scan of " + scan.getTable().getQualifiedName() + " is not governed");
      }
    }
  }

  private RelNode govern(TableScan scan, SourceScan.Use use, List<RexNode> within) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    if (table == null) {
      throw new IllegalStateException(scan.getTable().getQualifiedName() + " is no source table");
    }
    // A scan may stand in the plan several times; one of its own tells what was governed.
    TableScan own = LogicalTableScan.create(scan.getCluster(), scan.getTable(), scan.getHints());
    RelNode result =
        governor.govern(new SourceScan(own, table, use, within, rightsOn, sources), principal);
    if (!result.getRowType().equals(scan.getRowType())) {
      throw new IllegalStateException(
          "the governor changed the row type of " + scan.getTable().getQualifiedName());
    }
    applied.addAll(governor.appliedTo(table, principal));
    tables.add(table.schema() + "." + table.name());
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
