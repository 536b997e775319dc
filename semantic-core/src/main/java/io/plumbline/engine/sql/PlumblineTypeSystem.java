package io.plumbline.engine.sql;

import java.math.RoundingMode;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * How numbers and times behave in a warehouse that keeps exact decimals of any length.
 *
 * <p>A {@code numeric} without precision is typed as {@code DECIMAL(38, 16)}. That is a type for
 * planning only: the converter never casts a value to it.
 */
public final class PlumblineTypeSystem extends RelDataTypeSystemImpl {

  /** Precision and scale under which an unconstrained {@code numeric} is planned. */
  public static final int NUMERIC_PRECISION = 38;

  /** See {@link #NUMERIC_PRECISION}. */
  public static final int NUMERIC_SCALE = 16;

  private static final int MICROSECONDS = 6;
  private static final int MAX_DECIMAL = 1000;

  /** A type factory over this type system; safe for several threads. */
  public static RelDataTypeFactory typeFactory() {
    return new JavaTypeFactoryImpl(new PlumblineTypeSystem());
  }

  /** The type of a {@code numeric} without precision. */
  public static RelDataType numeric(RelDataTypeFactory types, boolean nullable) {
    return types.createTypeWithNullability(
        types.createSqlType(SqlTypeName.DECIMAL, NUMERIC_PRECISION, NUMERIC_SCALE), nullable);
  }

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> MAX_DECIMAL;
      case TIME,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIME_TZ,
          TIMESTAMP,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP_TZ ->
          MICROSECONDS;
      case VARCHAR, CHAR, VARBINARY, BINARY -> Integer.MAX_VALUE;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> MICROSECONDS;
      case DECIMAL -> NUMERIC_PRECISION;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public int getDefaultScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? NUMERIC_SCALE : super.getDefaultScale(type);
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
    return switch (argument.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER ->
          like(types, types.createSqlType(SqlTypeName.BIGINT), argument);
      case BIGINT ->
          like(types, types.createSqlType(SqlTypeName.DECIMAL, NUMERIC_PRECISION, 0), argument);
      case DECIMAL ->
          like(
              types,
              types.createSqlType(SqlTypeName.DECIMAL, NUMERIC_PRECISION, argument.getScale()),
              argument);
      default -> argument;
    };
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
    return switch (argument.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> numeric(types, argument.isNullable());
      case REAL, FLOAT, DOUBLE -> like(types, types.createSqlType(SqlTypeName.DOUBLE), argument);
      default -> argument;
    };
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  private static RelDataType like(
      RelDataTypeFactory types, RelDataType type, RelDataType nullability) {
    return types.createTypeWithNullability(type, nullability.isNullable());
  }
}
