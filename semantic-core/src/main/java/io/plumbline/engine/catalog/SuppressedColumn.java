package io.plumbline.engine.catalog;

import io.plumbline.definitions.Additivity;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.MetricInfo;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The column {@code suppressed} that a semantic table has for those who see no small groups: it
 * travels with the metrics of a group, and is evaluated with them.
 */
public final class SuppressedColumn {

  private static final String NAME = "suppressed";

  private static final Metric MARK =
      new Metric.Derived(
          new MetricInfo(
              NAME,
              "Suppressed",
              "Whether the metrics of the group are null because it has too few entities, or because"
                  + " such a group could be worked out from it. Boolean, never null.",
              "",
              Unit.TEXT,
              "text",
              List.of(),
              Position.NONE),
          new Expression(NAME, Position.NONE),
          Map.of(),
          Additivity.NON_ADDITIVE);

  private SuppressedColumn() {}

  /** Whether it is this column, and no metric that is evaluated. */
  public static boolean is(SemanticColumn.Metrical column) {
    return column.metric() == MARK;
  }

  static SemanticCatalogTable added(SemanticCatalogTable table, RelDataTypeFactory types) {
    List<SemanticColumn> columns = new ArrayList<>(table.columns());
    RelDataType type =
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.BOOLEAN), true);
    columns.add(new SemanticColumn.Metrical(MARK, type));
    return new SemanticCatalogTable(table.definition(), columns);
  }
}
