package io.plumbline.engine.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlExtractFunction;

/** {@code EXTRACT(unit FROM moment)}; PostgreSQL's answer is a numeric, with fractions. */
public final class Extract extends SqlExtractFunction {

  /** The only instance. */
  public static final Extract INSTANCE = new Extract();

  private Extract() {
    super("EXTRACT", false);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding call) {
    return PlumblineTypeSystem.numeric(call.getTypeFactory(), call.getOperandType(1).isNullable());
  }
}
