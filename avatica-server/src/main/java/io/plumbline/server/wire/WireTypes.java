package io.plumbline.server.wire;

import io.plumbline.engine.Parameter;
import io.plumbline.engine.ResultColumn;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;

/**
 * The engine's types as Avatica describes them.
 *
 * <ul>
 *   <li>Dates are days, times and timestamps are milliseconds, so timestamps have precision 3. What
 *       the warehouse holds beyond milliseconds is cut off. An instant is shown in UTC.
 *   <li>Dates before 1582 are days of the calendar extended backwards, as in PostgreSQL.
 *   <li>NaN has no form in JSON; it is NULL in both codecs, so that they agree.
 * </ul>
 */
final class WireTypes {

  private static final int MILLISECONDS = 3;

  private WireTypes() {}

  static Meta.Signature signature(
      String sql, List<ResultColumn> columns, List<Parameter> parameters) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (ResultColumn column : columns) {
      described.add(column(described.size(), column));
    }
    List<AvaticaParameter> asked = new ArrayList<>();
    for (Parameter parameter : parameters) {
      asked.add(parameter(asked.size(), parameter.type()));
    }
    Meta.StatementType type =
        columns.isEmpty() ? Meta.StatementType.OTHER_DDL : Meta.StatementType.SELECT;
    return Meta.Signature.create(described, sql, asked, Meta.CursorFactory.LIST, type);
  }

  private static ColumnMetaData column(int ordinal, ResultColumn column) {
    ResultColumn.Type type = column.type();
    return new ColumnMetaData(
        ordinal,
        false,
        type == ResultColumn.Type.VARCHAR,
        true,
        false,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        isNumeric(type),
        displaySize(column),
        column.name(),
        column.name(),
        "",
        precision(column),
        column.scale(),
        "",
        "",
        ColumnMetaData.scalar(type.jdbcType(), type.sqlName(), representation(type)),
        true,
        false,
        false,
        javaClass(type));
  }

  private static AvaticaParameter parameter(int index, ResultColumn.Type type) {
    return new AvaticaParameter(
        isNumeric(type), 0, 0, type.jdbcType(), type.sqlName(), javaClass(type), "?" + (index + 1));
  }

  static boolean isNumeric(ResultColumn.Type type) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> true;
      case BOOLEAN, DATE, TIME, TIMESTAMP, VARCHAR, VARBINARY -> false;
    };
  }

  /** Digits, or characters; what the type has where the column says nothing. */
  static int precision(ResultColumn column) {
    return switch (column.type()) {
      case BOOLEAN -> 1;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 8;
      case DOUBLE -> 17;
      case DATE -> 10;
      case TIME, TIMESTAMP -> MILLISECONDS;
      case DECIMAL, VARCHAR, VARBINARY -> column.precision();
    };
  }

  private static int displaySize(ResultColumn column) {
    return switch (column.type()) {
      case BOOLEAN -> 5;
      case SMALLINT -> 6;
      case INTEGER -> 11;
      case BIGINT -> 20;
      case REAL -> 15;
      case DOUBLE -> 25;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
      case DECIMAL -> column.precision() > 0 ? column.precision() + 2 : 40;
      case VARCHAR, VARBINARY -> column.precision() > 0 ? column.precision() : 255;
    };
  }

  private static Rep representation(ResultColumn.Type type) {
    return switch (type) {
      case BOOLEAN -> Rep.BOOLEAN;
      case SMALLINT -> Rep.SHORT;
      case INTEGER, DATE, TIME -> Rep.INTEGER;
      case BIGINT, TIMESTAMP -> Rep.LONG;
      case DECIMAL -> Rep.NUMBER;
      case REAL -> Rep.FLOAT;
      case DOUBLE -> Rep.DOUBLE;
      case VARCHAR -> Rep.STRING;
      case VARBINARY -> Rep.BYTE_STRING;
    };
  }

  private static String javaClass(ResultColumn.Type type) {
    return switch (type) {
      case BOOLEAN -> "java.lang.Boolean";
      case SMALLINT -> "java.lang.Short";
      case INTEGER -> "java.lang.Integer";
      case BIGINT -> "java.lang.Long";
      case DECIMAL -> "java.math.BigDecimal";
      case REAL -> "java.lang.Float";
      case DOUBLE -> "java.lang.Double";
      case DATE -> "java.sql.Date";
      case TIME -> "java.sql.Time";
      case TIMESTAMP -> "java.sql.Timestamp";
      case VARCHAR -> "java.lang.String";
      case VARBINARY -> "[B";
    };
  }
}
