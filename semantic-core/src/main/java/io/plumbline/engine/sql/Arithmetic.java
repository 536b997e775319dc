package io.plumbline.engine.sql;

import static org.apache.calcite.sql.type.SqlTypeName.DATE;
import static org.apache.calcite.sql.type.SqlTypeName.TIMESTAMP;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * /} with PostgreSQL's rules for dates: a date and a number of days is a date, the
 * difference of two dates a number of days, a date and an interval a timestamp.
 */
public final class Arithmetic extends SqlBinaryOperator {

  /** {@code a + b}. */
  public static final Arithmetic PLUS = new Arithmetic(SqlStdOperatorTable.PLUS);

  /** {@code a - b}. */
  public static final Arithmetic MINUS = new Arithmetic(SqlStdOperatorTable.MINUS);

  /** {@code a * b}. */
  public static final Arithmetic TIMES = new Arithmetic(SqlStdOperatorTable.MULTIPLY);

  /** {@code a / b}. */
  public static final Arithmetic DIVIDED_BY = new Arithmetic(SqlStdOperatorTable.DIVIDE);

  private final SqlBinaryOperator numeric;

  private Arithmetic(SqlBinaryOperator numeric) {
    super(
        numeric.getName(),
        numeric.getKind(),
        numeric.getLeftPrec() / 2 * 2,
        true,
        Arithmetic::inferred,
        InferTypes.FIRST_KNOWN,
        new Checker(numeric));
    this.numeric = numeric;
  }

  static List<SqlOperator> all() {
    return List.of(PLUS, MINUS, TIMES, DIVIDED_BY);
  }

  private static @Nullable RelDataType inferred(SqlOperatorBinding call) {
    Arithmetic operator = (Arithmetic) call.getOperator();
    RelDataTypeFactory types = call.getTypeFactory();
    SqlTypeName name =
        dateResult(operator.getKind(), call.getOperandType(0), call.getOperandType(1));
    if (name == null) {
      return operator.numeric.inferReturnType(call);
    }
    boolean nullable = call.getOperandType(0).isNullable() || call.getOperandType(1).isNullable();
    return types.createTypeWithNullability(type(types, name), nullable);
  }

  private static RelDataType type(RelDataTypeFactory types, SqlTypeName name) {
    return name == SqlTypeName.INTERVAL_DAY_SECOND
        ? PostgresReturnTypes.interval(types)
        : types.createSqlType(name);
  }

  /** The type of an operation on dates, times and intervals; null for one on numbers. */
  private static @Nullable SqlTypeName dateResult(SqlKind kind, RelDataType a, RelDataType b) {
    return switch (kind) {
      case PLUS -> plus(a, b) == null ? plus(b, a) : plus(a, b);
      case MINUS -> minus(a, b);
      case TIMES ->
          isInterval(a) && isNumber(b) || isNumber(a) && isInterval(b)
              ? SqlTypeName.INTERVAL_DAY_SECOND
              : null;
      case DIVIDE -> isInterval(a) && isNumber(b) ? SqlTypeName.INTERVAL_DAY_SECOND : null;
      default -> null;
    };
  }

  private static @Nullable SqlTypeName plus(RelDataType a, RelDataType b) {
    SqlTypeName name = a.getSqlTypeName();
    if (isInterval(b)) {
      return name == DATE ? TIMESTAMP : isMoment(a) || isInterval(a) ? generic(name) : null;
    }
    if (name == DATE) {
      return isInteger(b) ? DATE : b.getSqlTypeName() == SqlTypeName.TIME ? TIMESTAMP : null;
    }
    return null;
  }

  private static @Nullable SqlTypeName minus(RelDataType a, RelDataType b) {
    boolean dates = a.getSqlTypeName() == DATE && b.getSqlTypeName() == DATE;
    if (dates) {
      return SqlTypeName.INTEGER;
    }
    if (isMoment(a) && isMoment(b)) {
      return SqlTypeName.INTERVAL_DAY_SECOND;
    }
    return b.getSqlTypeName() == SqlTypeName.TIME ? null : plus(a, b);
  }

  private static SqlTypeName generic(SqlTypeName name) {
    return SqlTypeName.INTERVAL_TYPES.contains(name) ? SqlTypeName.INTERVAL_DAY_SECOND : name;
  }

  private static boolean isMoment(RelDataType type) {
    return SqlTypeUtil.isDatetime(type);
  }

  private static boolean isInterval(RelDataType type) {
    return SqlTypeUtil.isInterval(type);
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeUtil.isIntType(type);
  }

  private static boolean isNumber(RelDataType type) {
    return SqlTypeFamily.NUMERIC.contains(type);
  }

  private record Checker(SqlBinaryOperator numeric) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      return dateResult(numeric.getKind(), call.getOperandType(0), call.getOperandType(1)) != null
          || numeric.getOperandTypeChecker() != null
              && numeric.getOperandTypeChecker().checkOperandTypes(call, throwOnFailure);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return "a " + name + " b";
    }
  }
}
