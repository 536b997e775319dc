package io.plumbline.masking;

import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** The row over which a rule is written, as a table that is only ever validated against. */
final class SingleRow extends AbstractTable {

  /** No table of a warehouse has this name at the root. */
  static final String NAME = "the row";

  private final RelDataType rowType;

  private SingleRow(RelDataType rowType) {
    this.rowType = rowType;
  }

  /** The schemas that there are, and the row. */
  static CalciteSchema beside(CalciteSchema schemas, RelDataType rowType) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    schemas.getSubSchemaMap().forEach((name, schema) -> root.add(name, schema.schema));
    root.add(NAME, new SingleRow(rowType));
    return root;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return rowType;
  }
}
