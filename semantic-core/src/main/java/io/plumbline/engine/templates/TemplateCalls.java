package io.plumbline.engine.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a call by the query of its template:
 *
 * <pre>
 *   FROM TABLE(templates.t('x'))  =>  FROM (SELECT ... WHERE feature = 'x')
 * </pre>
 */
final class TemplateCalls extends SqlShuttle {

  private static final String SCHEMA = "templates";

  private final VisibleTemplates templates;
  private final List<String> called = new ArrayList<>();

  TemplateCalls(VisibleTemplates templates) {
    this.templates = templates;
  }

  SqlNode expanded(SqlNode query) {
    return Objects.requireNonNull(query.accept(this));
  }

  /** The templates that were called, by name. */
  List<String> called() {
    return called.stream().distinct().toList();
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() == SqlKind.COLLECTION_TABLE
        && call.operand(0) instanceof SqlCall function
        && function.getOperator() instanceof SqlFunction operator) {
      SqlIdentifier name = operator.getSqlIdentifier();
      if (name != null && name.names.size() == 2 && name.names.get(0).equalsIgnoreCase(SCHEMA)) {
        return query(name.names.get(1), function);
      }
    }
    return super.visit(call);
  }

  private SqlNode query(String name, SqlCall call) {
    CompiledTemplate template = templates.find(name, call.getParserPosition());
    called.add(template.definition().name());
    return template.called(call.getOperandList(), call.getParserPosition());
  }
}
