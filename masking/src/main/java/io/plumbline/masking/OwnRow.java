package io.plumbline.masking;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * An entitlement that looks up a row's key in the row's own table need not look for it:
 *
 * <pre>
 *   key in (select key from table where condition)  =>  condition, and key is not null
 * </pre>
 *
 * That holds where the key identifies a row, since the only row that can be found is the own one.
 * It saves the warehouse a join, and every plan the validation of a subquery.
 */
record OwnRow(WarehouseTable table, RexInputRef key, RexBuilder rex) {

  /** What is left of a condition; empty if it is none of these. */
  Optional<RexNode> condition(RexNode entitlement) {
    return isKey(key) && isLookUp(entitlement)
        ? ofFound(((RexSubQuery) entitlement).rel).map(this::ofKnownKey)
        : Optional.empty();
  }

  private boolean isLookUp(RexNode entitlement) {
    return entitlement.getKind() == SqlKind.IN
        && entitlement instanceof RexSubQuery in
        && in.getOperands().equals(List.of(key));
  }

  private boolean isKey(RexInputRef field) {
    return table.keys().contains(Set.of(table.columns().get(field.getIndex()).name()));
  }

  /** The condition under which the own row is found, over the fields of the table. */
  private Optional<RexNode> ofFound(RelNode found) {
    if (!(found instanceof Project project)
        || project.getProjects().size() != 1
        || !(project.getProjects().get(0) instanceof RexInputRef shown)
        || shown.getIndex() != key.getIndex()
        || !project.getVariablesSet().isEmpty()) {
      return Optional.empty();
    }
    if (project.getInput() instanceof Filter filter) {
      return filter.getVariablesSet().isEmpty() && isOwnTable(filter.getInput())
          ? Optional.of(filter.getCondition())
          : Optional.empty();
    }
    return isOwnTable(project.getInput()) ? Optional.of(rex.makeLiteral(true)) : Optional.empty();
  }

  private boolean isOwnTable(RelNode rows) {
    WarehouseTable scanned =
        rows instanceof TableScan scan ? scan.getTable().unwrap(WarehouseTable.class) : null;
    return scanned != null && TableName.of(scanned).equals(TableName.of(table));
  }

  /** Only the warehouse's own keys are never null for sure. */
  private RexNode ofKnownKey(RexNode condition) {
    return key.getType().isNullable()
        ? rex.makeCall(
            SqlStdOperatorTable.AND, condition, rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, key))
        : condition;
  }
}
