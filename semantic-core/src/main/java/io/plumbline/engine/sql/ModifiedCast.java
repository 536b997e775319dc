package io.plumbline.engine.sql;

import java.util.Arrays;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A cast that the author of the query wrote to a type of the warehouse, such as {@code
 * numeric(10,2)} or {@code jsonb}. Unlike the casts that the planner adds, which only say what a
 * value is, it rounds, cuts and parses; so it is never dropped and always printed with its type.
 */
final class ModifiedCast extends SqlFunction {

  private final String type;

  ModifiedCast(String type, Function<RelDataTypeFactory, RelDataType> planned) {
    super(
        "CAST AS " + type,
        SqlKind.OTHER_FUNCTION,
        call ->
            call.getTypeFactory()
                .createTypeWithNullability(planned.apply(call.getTypeFactory()), true),
        // A parameter is what it is cast to.
        (call, result, operands) ->
            Arrays.fill(
                operands,
                call.getTypeFactory()
                    .createTypeWithNullability(planned.apply(call.getTypeFactory()), true)),
        OperandTypes.ANY,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.type = type;
  }

  /** The operator table doesn't know this one, as it is made for one call. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    validator.deriveType(scope, call.operand(0));
    return inferReturnType(new SqlCallBinding(validator, scope, call));
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
    SqlWriter.Frame frame = writer.startFunCall("CAST");
    call.operand(0).unparse(writer, 0, 0);
    writer.sep("AS");
    writer.print(type);
    writer.setNeedWhitespace(true);
    writer.endFunCall(frame);
  }
}
