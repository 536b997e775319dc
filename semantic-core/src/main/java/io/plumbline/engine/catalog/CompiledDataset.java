package io.plumbline.engine.catalog;

import io.plumbline.definitions.Dataset;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/**
 * A dataset whose expressions were checked against the warehouse.
 *
 * @param columns by name, over the fields of the source
 * @param where over the fields of the source
 * @param exclusions in order of declaration
 */
public record CompiledDataset(
    Dataset definition,
    CompiledSource source,
    Map<String, RexNode> columns,
    Optional<RexNode> where,
    List<CompiledExclusion> exclusions) {

  public CompiledDataset {
    columns = Map.copyOf(columns);
    exclusions = List.copyOf(exclusions);
  }

  public RelDataType typeOf(String column) {
    RexNode expression = columns.get(column);
    if (expression == null) {
      throw new IllegalArgumentException(definition.name() + " has no column " + column);
    }
    return expression.getType();
  }

  /** Where the rows come from. */
  public sealed interface CompiledSource {

    RelDataType rowType();

    /** A table of the warehouse. */
    record OfTable(WarehouseTable table, RelDataType rowType) implements CompiledSource {}

    /** A query over tables of the warehouse, not validated: it is converted anew for every plan. */
    record OfQuery(SqlNode query, RelDataType rowType) implements CompiledSource {}
  }

  /**
   * Rows to leave out.
   *
   * @param joined datasets that the condition reads beside the own one
   * @param condition over the columns of the own dataset in order, then over those of each joined
   *     one
   */
  public record CompiledExclusion(String label, List<String> joined, RexNode condition) {}
}
