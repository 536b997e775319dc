package io.plumbline.engine.warehouse;

import io.plumbline.engine.ResultColumn;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** How values of a planned type travel to the client. */
public final class ColumnTypes {

  private ColumnTypes() {}

  /** The type with which a column of PostgreSQL's is planned, by its name in the catalog. */
  public static RelDataType ofPostgres(RelDataTypeFactory types, String name, boolean nullable) {
    return new PostgresTypes(types).column(name, null, -1, nullable);
  }

  /** The columns of a row type, without descriptions. */
  public static List<ResultColumn> columns(RelDataType rowType) {
    return rowType.getFieldList().stream()
        .map(field -> column(field.getName(), field.getType()))
        .toList();
  }

  /** A column without description. */
  public static ResultColumn column(String name, RelDataType type) {
    return new ResultColumn(
        name,
        travelType(type),
        Math.max(type.getPrecision(), 0),
        Math.max(type.getScale(), 0),
        type.isNullable(),
        "",
        false);
  }

  /** Types that JDBC has no name for (uuid, jsonb, intervals, arrays) travel as their text. */
  public static ResultColumn.Type travelType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> ResultColumn.Type.BOOLEAN;
      case TINYINT, SMALLINT -> ResultColumn.Type.SMALLINT;
      case INTEGER -> ResultColumn.Type.INTEGER;
      case BIGINT -> ResultColumn.Type.BIGINT;
      case DECIMAL -> ResultColumn.Type.DECIMAL;
      case REAL -> ResultColumn.Type.REAL;
      case FLOAT, DOUBLE -> ResultColumn.Type.DOUBLE;
      case DATE -> ResultColumn.Type.DATE;
      case TIME -> ResultColumn.Type.TIME;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ResultColumn.Type.TIMESTAMP;
      case BINARY, VARBINARY -> ResultColumn.Type.VARBINARY;
      default -> ResultColumn.Type.VARCHAR;
    };
  }
}
