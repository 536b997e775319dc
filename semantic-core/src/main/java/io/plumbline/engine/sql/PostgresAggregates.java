package io.plumbline.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/** PostgreSQL's aggregate functions that the standard doesn't have. */
final class PostgresAggregates {

  private PostgresAggregates() {}

  static List<SqlOperator> all() {
    return List.of(
        new Mode(),
        aggregate("CORR", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_SLOPE", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_INTERCEPT", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_R2", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_AVGX", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_AVGY", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("BOOL_AND", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("BOOL_OR", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("JSON_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY),
        aggregate("JSONB_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY));
  }

  private static SqlAggFunction aggregate(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return new PostgresAggregate(name, type, operands);
  }

  /** {@code MODE() WITHIN GROUP (ORDER BY x)}: the most frequent value. */
  private static final class Mode extends SqlAggFunction {
    Mode() {
      super(
          "MODE",
          null,
          SqlKind.OTHER_FUNCTION,
          Mode::sorted,
          null,
          OperandTypes.NILADIC,
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.MANDATORY);
    }

    private static RelDataType sorted(SqlOperatorBinding call) {
      RelDataType type = call.getCollationType();
      return call.getTypeFactory().createTypeWithNullability(type, true);
    }
  }

  private static final class PostgresAggregate extends SqlAggFunction {
    PostgresAggregate(String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
      super(
          name,
          null,
          SqlKind.OTHER_FUNCTION,
          type,
          null,
          operands,
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.FORBIDDEN);
    }
  }
}
