package io.plumbline.engine.plan;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;

/** Proves from the shape of a plan that some columns identify a row. */
final class Uniqueness {

  private Uniqueness() {}

  /**
   * Whether no two rows agree on the columns; with no columns, whether there is at most one row.
   */
  static boolean isUnique(RelNode relation, Set<Integer> columns) {
    if (relation instanceof Aggregate aggregate) {
      Set<Integer> keys = new HashSet<>();
      for (int i = 0; i < aggregate.getGroupCount(); i++) {
        keys.add(i);
      }
      return aggregate.getGroupType() == Aggregate.Group.SIMPLE && columns.containsAll(keys);
    }
    if (relation instanceof Sort sort && limitsToOne(sort)) {
      return true;
    }
    if (relation instanceof Filter || relation instanceof Sort) {
      return isUnique(relation.getInput(0), columns);
    }
    if (relation instanceof Project project) {
      Set<Integer> inputs = new HashSet<>();
      for (int column : columns) {
        if (project.getProjects().get(column) instanceof RexInputRef ref) {
          inputs.add(ref.getIndex());
        }
      }
      return isUnique(project.getInput(), inputs);
    }
    if (relation instanceof Values values) {
      return values.getTuples().size() <= 1;
    }
    if (relation instanceof TableScan scan) {
      return isUnique(scan, columns);
    }
    return false;
  }

  private static boolean isUnique(TableScan scan, Set<Integer> columns) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    List<String> fields = scan.getRowType().getFieldNames();
    Set<String> names = columns.stream().map(fields::get).collect(Collectors.toSet());
    return table != null && table.keys().stream().anyMatch(names::containsAll);
  }

  private static boolean limitsToOne(Sort sort) {
    return sort.fetch instanceof RexLiteral literal && RexLiteral.intValue(literal) <= 1;
  }
}
