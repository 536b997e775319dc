package io.plumbline.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/** PostgreSQL's aggregate functions that the standard doesn't have. */
final class PostgresAggregates {

  private PostgresAggregates() {}

  static List<SqlOperator> all() {
    return List.of(
        aggregate("BOOL_AND", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("BOOL_OR", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("JSON_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY),
        aggregate("JSONB_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY));
  }

  private static SqlAggFunction aggregate(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return new PostgresAggregate(name, type, operands);
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
