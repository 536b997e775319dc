package io.plumbline.engine.sql;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types that PostgreSQL's functions return. All are nullable. */
final class PostgresReturnTypes {

  static final SqlReturnTypeInference TEXT = fixed(SqlTypeName.VARCHAR);
  static final SqlReturnTypeInference BOOLEAN = fixed(SqlTypeName.BOOLEAN);
  static final SqlReturnTypeInference INTEGER = fixed(SqlTypeName.INTEGER);
  static final SqlReturnTypeInference BIGINT = fixed(SqlTypeName.BIGINT);
  static final SqlReturnTypeInference DOUBLE = fixed(SqlTypeName.DOUBLE);
  static final SqlReturnTypeInference DATE = fixed(SqlTypeName.DATE);
  static final SqlReturnTypeInference TIMESTAMP = fixed(SqlTypeName.TIMESTAMP);
  static final SqlReturnTypeInference INSTANT = fixed(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
  static final SqlReturnTypeInference NUMERIC =
      call -> PlumblineTypeSystem.numeric(call.getTypeFactory(), true);
  static final SqlReturnTypeInference INTERVAL = call -> interval(call.getTypeFactory());
  static final SqlReturnTypeInference ARGUMENT = ReturnTypes.ARG0_FORCE_NULLABLE;
  static final SqlReturnTypeInference COMMON =
      ReturnTypes.LEAST_RESTRICTIVE.andThen(
          (call, type) -> call.getTypeFactory().createTypeWithNullability(type, true));

  /** Exact numbers stay exact, all others become double precision. */
  static final SqlReturnTypeInference NUMERIC_OR_DOUBLE =
      call -> hasDecimal(call) ? NUMERIC.inferReturnType(call) : DOUBLE.inferReturnType(call);

  /** A wall clock becomes an instant, an instant a wall clock. */
  static final SqlReturnTypeInference AT_TIME_ZONE =
      call ->
          type(call, 0) == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
              ? TIMESTAMP.inferReturnType(call)
              : INSTANT.inferReturnType(call);

  /** {@code date_trunc}: dates become timestamps, the rest keeps its type. */
  static final SqlReturnTypeInference TRUNCATED =
      call ->
          switch (type(call, 1)) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> INSTANT.inferReturnType(call);
            case TIMESTAMP, DATE -> TIMESTAMP.inferReturnType(call);
            default -> call.getOperandType(1);
          };

  /** {@code ||} of arrays is an array, of anything else a text. */
  static final SqlReturnTypeInference JOINED =
      call -> {
        for (int i = 0; i < 2; i++) {
          if (type(call, i) == SqlTypeName.ARRAY) {
            return call.getTypeFactory().createTypeWithNullability(call.getOperandType(i), true);
          }
        }
        return TEXT.inferReturnType(call);
      };

  private PostgresReturnTypes() {}

  private static SqlReturnTypeInference fixed(SqlTypeName name) {
    return call -> {
      RelDataTypeFactory types = call.getTypeFactory();
      return types.createTypeWithNullability(types.createSqlType(name), true);
    };
  }

  static RelDataType interval(RelDataTypeFactory types) {
    return types.createTypeWithNullability(
        types.createSqlIntervalType(
            new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO)),
        true);
  }

  static SqlTypeName type(SqlOperatorBinding call, int i) {
    return call.getOperandType(i).getSqlTypeName();
  }

  private static boolean hasDecimal(SqlOperatorBinding call) {
    boolean decimal = false;
    for (int i = 0; i < call.getOperandCount(); i++) {
      SqlTypeName type = type(call, i);
      if (type == SqlTypeName.DOUBLE || type == SqlTypeName.REAL || type == SqlTypeName.FLOAT) {
        return false;
      }
      decimal |= type == SqlTypeName.DECIMAL;
    }
    return decimal;
  }
}
