package io.plumbline.engine.catalog;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * {@code timezone(zone, timestamp)}: the instant at which clocks of a zone showed a wall clock;
 * what a column's zone rule becomes.
 */
public final class InstantOfWallClock extends SqlFunction {

  public static final InstantOfWallClock OPERATOR = new InstantOfWallClock();

  private InstantOfWallClock() {
    super(
        "TIMEZONE",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6)
            .andThen(SqlTypeTransforms.TO_NULLABLE),
        null,
        OperandTypes.ANY_ANY,
        SqlFunctionCategory.TIMEDATE);
  }
}
