package io.plumbline.engine.warehouse;

import io.plumbline.engine.sql.PlumblineTypeSystem;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * From PostgreSQL's types to the types that queries are planned with. What has no counterpart
 * (uuid, jsonb, enums, ranges ...) is planned as text.
 */
final class PostgresTypes {

  private static final int MICROSECONDS = 6;
  private static final int MODIFIER_HEADER = 4;

  private final RelDataTypeFactory types;

  PostgresTypes(RelDataTypeFactory types) {
    this.types = types;
  }

  RelDataType column(String name, @Nullable String element, int modifier, boolean nullable) {
    RelDataType type =
        element == null
            ? scalar(name, modifier)
            : types.createArrayType(
                types.createTypeWithNullability(scalar(element, modifier), true), -1);
    return types.createTypeWithNullability(type, nullable);
  }

  private RelDataType scalar(String name, int modifier) {
    return switch (name) {
      case "bool" -> types.createSqlType(SqlTypeName.BOOLEAN);
      case "int2" -> types.createSqlType(SqlTypeName.SMALLINT);
      case "int4" -> types.createSqlType(SqlTypeName.INTEGER);
      case "int8" -> types.createSqlType(SqlTypeName.BIGINT);
      case "float4" -> types.createSqlType(SqlTypeName.REAL);
      case "float8" -> types.createSqlType(SqlTypeName.DOUBLE);
      case "numeric" -> numeric(modifier);
      case "date" -> types.createSqlType(SqlTypeName.DATE);
      case "time" -> types.createSqlType(SqlTypeName.TIME, MICROSECONDS);
      case "timestamp" -> types.createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
      case "timestamptz" ->
          types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROSECONDS);
      case "interval" ->
          types.createSqlIntervalType(
              new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
      case "bytea" -> types.createSqlType(SqlTypeName.VARBINARY);
      case "varchar", "bpchar" -> text(modifier);
      default -> types.createSqlType(SqlTypeName.VARCHAR);
    };
  }

  private RelDataType text(int modifier) {
    return modifier > MODIFIER_HEADER
        ? types.createSqlType(SqlTypeName.VARCHAR, modifier - MODIFIER_HEADER)
        : types.createSqlType(SqlTypeName.VARCHAR);
  }

  /** The modifier holds the precision above and the scale, 11 bits with sign, below. */
  private RelDataType numeric(int modifier) {
    if (modifier < MODIFIER_HEADER) {
      return PlumblineTypeSystem.numeric(types, false);
    }
    int precision = (modifier - MODIFIER_HEADER) >> 16;
    int scale = (((modifier - MODIFIER_HEADER) & 0x7ff) ^ 0x400) - 0x400;
    return scale < 0 || scale > precision
        ? PlumblineTypeSystem.numeric(types, false)
        : types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
  }
}
