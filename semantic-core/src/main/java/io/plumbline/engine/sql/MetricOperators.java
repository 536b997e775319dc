package io.plumbline.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.util.Optionality;

/**
 * The aggregate functions that evaluate a metric. They exist up to the lowering of metrics and
 * never reach the warehouse.
 */
public final class MetricOperators {

  /** {@code AGGREGATE(metric)}. */
  public static final SqlAggFunction AGGREGATE = new Evaluate("AGGREGATE");

  /** {@code MEASURE(metric)}, the same as {@link #AGGREGATE}. */
  public static final SqlAggFunction MEASURE = new Evaluate("MEASURE");

  /** {@code AGG(metric)}, the same as {@link #AGGREGATE}. */
  public static final SqlAggFunction AGG = new Evaluate("AGG");

  /**
   * {@code AGGREGATE(metric) AT (change, ...)}: the metric, then calls of {@link ContextOperators}.
   * No text can name it.
   */
  public static final SqlAggFunction AGGREGATE_AT =
      new Evaluate("AGGREGATE AT", OperandTypes.ONE_OR_MORE);

  private MetricOperators() {}

  /** Whether the operator evaluates a metric. */
  public static boolean evaluatesMetric(SqlOperator operator) {
    return operator instanceof Evaluate;
  }

  static List<SqlOperator> all() {
    return List.of(AGGREGATE, MEASURE, AGG, AGGREGATE_AT);
  }

  private static final class Evaluate extends SqlAggFunction {
    Evaluate(String name) {
      this(name, OperandTypes.ANY);
    }

    Evaluate(String name, SqlOperandTypeChecker operands) {
      super(
          name,
          null,
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          null,
          operands,
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.FORBIDDEN);
    }
  }
}
