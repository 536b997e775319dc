package io.plumbline.engine.catalog;

import io.plumbline.definitions.SemanticTable;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A semantic table as the validator sees it; the planner lowers every scan of it. */
public final class SemanticCatalogTable extends AbstractTable {

  private final SemanticTable definition;
  private final List<SemanticColumn> columns;

  SemanticCatalogTable(SemanticTable definition, List<SemanticColumn> columns) {
    this.definition = definition;
    this.columns = List.copyOf(columns);
  }

  public SemanticTable definition() {
    return definition;
  }

  /** Time columns, dimensions, metrics: the order of the row type. */
  public List<SemanticColumn> columns() {
    return columns;
  }

  /** The dimension that is the key of the table's entity. */
  public Optional<SemanticColumn.Dimensional> entityKey() {
    return columns.stream()
        .filter(SemanticColumn.Dimensional.class::isInstance)
        .map(SemanticColumn.Dimensional.class::cast)
        .filter(column -> column.reference().entityKey())
        .findFirst();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), column.type()));
    return row.build();
  }
}
