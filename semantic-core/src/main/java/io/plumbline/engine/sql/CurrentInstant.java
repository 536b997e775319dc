package io.plumbline.engine.sql;

import org.apache.calcite.sql.fun.SqlAbstractTimeFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code CURRENT_TIMESTAMP}: an instant, as the standard and PostgreSQL have it. */
final class CurrentInstant extends SqlAbstractTimeFunction {

  static final CurrentInstant INSTANCE = new CurrentInstant();

  private CurrentInstant() {
    super("CURRENT_TIMESTAMP", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
  }
}
