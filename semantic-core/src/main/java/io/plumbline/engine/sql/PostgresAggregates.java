package io.plumbline.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/** PostgreSQL's aggregate functions that the standard doesn't have. */
final class PostgresAggregates {

  static final SqlAggFunction MODE = new Mode();

  /** Between two numbers lies a fraction, whatever their type. */
  static final SqlAggFunction PERCENTILE_CONT =
      SqlBasicAggFunction.create(
              SqlKind.PERCENTILE_CONT,
              PostgresReturnTypes.DOUBLE,
              OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
          .withFunctionType(SqlFunctionCategory.SYSTEM)
          .withGroupOrder(Optionality.MANDATORY)
          .withPercentile(true)
          .withAllowsFraming(false);

  private PostgresAggregates() {}

  static List<SqlOperator> all() {
    return List.of(
        MODE,
        PERCENTILE_CONT,
        aggregate("CORR", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_SLOPE", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_INTERCEPT", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_R2", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_AVGX", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_AVGY", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_SXX", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_SYY", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_SXY", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("REGR_COUNT", PostgresReturnTypes.BIGINT, OperandTypes.NUMERIC_NUMERIC),
        aggregate("COVAR_POP", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("COVAR_SAMP", PostgresReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
        aggregate("BOOL_AND", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("BOOL_OR", PostgresReturnTypes.BOOLEAN, OperandTypes.BOOLEAN),
        aggregate("JSON_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY),
        aggregate("JSONB_AGG", PostgresReturnTypes.TEXT, OperandTypes.ANY));
  }

  private static SqlAggFunction aggregate(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return new PostgresAggregate(name, type, operands);
  }

  /** {@code MODE(x)}, which PostgreSQL spells {@code MODE() WITHIN GROUP (ORDER BY x)}. */
  private static final class Mode extends SqlAggFunction {
    Mode() {
      super(
          "MODE",
          null,
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.FORBIDDEN);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
      writer.print("MODE() WITHIN GROUP");
      SqlWriter.Frame frame = writer.startList("(", ")");
      writer.keyword("ORDER BY");
      call.operand(0).unparse(writer, 0, 0);
      writer.endList(frame);
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
