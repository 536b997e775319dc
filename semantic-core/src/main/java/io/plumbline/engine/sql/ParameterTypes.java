package io.plumbline.engine.sql;

import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/**
 * The types of a query's parameters in their order in the text. A template may use an argument
 * several times and in another order, so they can't be counted as they are met.
 */
final class ParameterTypes {

  private ParameterTypes() {}

  static RelDataType of(SqlNode validated, SqlValidator validator, RelDataTypeFactory types) {
    TreeMap<Integer, RelDataType> byIndex = new TreeMap<>();
    validated.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            byIndex.putIfAbsent(parameter.getIndex(), validator.getValidatedNodeType(parameter));
            return null;
          }
        });
    RelDataTypeFactory.Builder row = types.builder();
    byIndex.forEach((index, type) -> row.add("?" + index, type));
    return row.build();
  }
}
