package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * The masks that a principal gets on a table.
 *
 * @param byField tags by the position of their column
 */
record ScanMasks(Map<Integer, ColumnTag> byField, String secret) {

  static final ScanMasks NONE = new ScanMasks(Map.of(), "");

  static ScanMasks of(
      WarehouseTable table, Policies policies, Principal principal, MaskSecret secret) {
    Map<Integer, ColumnTag> byField = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      int field = i;
      policies
          .maskOf(table.schema(), table.name(), table.columns().get(i).name(), principal)
          .ifPresent(tag -> byField.put(field, tag));
    }
    return new ScanMasks(byField, secret.value());
  }

  boolean covers(int field) {
    return byField.containsKey(field);
  }

  /** The rows with masked values, of the same type. */
  RelNode over(RelNode rows, RowConditions conditions) {
    if (byField.isEmpty()) {
      return rows;
    }
    RexBuilder rex = rows.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < rows.getRowType().getFieldCount(); i++) {
      RexNode value = rex.makeInputRef(rows, i);
      ColumnTag tag = byField.get(i);
      fields.add(tag == null ? value : masked(tag, value, conditions, rex));
    }
    return LogicalProject.create(
        rows, List.of(), fields, rows.getRowType().getFieldNames(), Set.of());
  }

  private RexNode masked(ColumnTag tag, RexNode value, RowConditions conditions, RexBuilder rex) {
    if (tag.mask() instanceof MaskPolicy.Custom custom
        && tag.target() instanceof ColumnTag.Target.OfTable target) {
      RexNode expression = conditions.expression(custom.expression(), target.table());
      return expression.getType().equals(value.getType())
          ? expression
          : rex.makeAbstractCast(value.getType(), expression, false);
    }
    return new MaskExpressions(rex, secret).masked(tag.mask(), value);
  }
}
