package io.plumbline.engine.warehouse;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** {@code unnest} of arrays side by side, each as an array of a type. */
public final class UnnestArrays extends SqlFunction {

  private final List<String> types;

  /**
   * @param types what PostgreSQL calls the types of the elements
   */
  public UnnestArrays(List<String> types) {
    super(
        "UNNEST",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM);
    this.types = List.copyOf(types);
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
    writer.print("unnest");
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (int i = 0; i < types.size(); i++) {
      writer.sep(",");
      call.operand(i).unparse(writer, 0, 0);
      writer.print("::" + types.get(i) + "[]");
    }
    writer.endList(frame);
  }
}
