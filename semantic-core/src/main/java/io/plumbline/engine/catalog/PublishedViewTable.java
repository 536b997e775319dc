package io.plumbline.engine.catalog;

import io.plumbline.definitions.PublishedView;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A published view as the validator sees it; the planner replaces every scan of it by its query.
 */
public final class PublishedViewTable extends AbstractTable {

  private final PublishedView definition;
  private final RelDataType rowType;

  PublishedViewTable(PublishedView definition, RelDataType rowType) {
    this.definition = definition;
    this.rowType = rowType;
  }

  public PublishedView definition() {
    return definition;
  }

  public RelDataType rowType() {
    return rowType;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return rowType;
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.VIEW;
  }
}
