package io.plumbline.engine.plan;

import io.plumbline.engine.LiveTable;
import io.plumbline.engine.catalog.LiveCatalogTable;
import io.plumbline.engine.warehouse.UnnestArrays;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Replaces a scan of live rows by parameters, which get their values when the statement runs:
 *
 * <pre>
 *   scan(query_audit_log)  =>  TableFunctionScan(unnest(?::text[], ?::timestamptz[], ...))
 * </pre>
 *
 * The rows that a principal may not see are never among the values, so that there is nothing to
 * govern here.
 */
final class LiveScans extends PlanRewriter {

  private final RelOptCluster cluster;
  private final int first;
  private final List<LiveTable> tables = new ArrayList<>();

  /**
   * @param first the index of the first parameter that is free
   */
  LiveScans(RelOptCluster cluster, int first) {
    this.cluster = cluster;
    this.first = first;
  }

  /** The tables whose columns are the parameters, in their order. */
  List<LiveTable> tables() {
    return List.copyOf(tables);
  }

  @Override
  public RelNode visit(TableScan scan) {
    LiveCatalogTable live = scan.getTable().unwrap(LiveCatalogTable.class);
    return live == null ? scan : rows(live.table(), scan.getRowType());
  }

  private RelNode rows(LiveTable table, RelDataType rowType) {
    RexBuilder rex = cluster.getRexBuilder();
    RelDataType text = rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
    int index = firstParameterOf(table);
    List<RexNode> arrays = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (LiveTable.Column column : table.columns()) {
      arrays.add(rex.makeDynamicParam(text, index++));
      types.add(column.type().postgresName());
    }
    RexNode call = rex.makeCall(rowType, new UnnestArrays(types), arrays);
    return LogicalTableFunctionScan.create(cluster, List.of(), call, null, rowType, null);
  }

  private int firstParameterOf(LiveTable table) {
    int index = first;
    for (LiveTable known : tables) {
      if (known == table) {
        return index;
      }
      index += known.columns().size();
    }
    tables.add(table);
    return index;
  }
}
