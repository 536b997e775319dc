package io.plumbline.engine.catalog;

import io.plumbline.definitions.Expression;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.StatementParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Compiles expressions of definitions over rows of known types, with the parser and validator of
 * queries. The result is bound to no plan and may be used in many.
 */
final class ExpressionCompiler {

  private final QueryCompiler compiler;
  private final StatementParser parser;

  ExpressionCompiler(QueryCompiler compiler, StatementParser parser) {
    this.compiler = compiler;
    this.parser = parser;
  }

  /**
   * Compiles an expression over one row.
   *
   * @param name what errors call the row
   */
  RexNode compile(Expression expression, String name, RelDataType rowType) {
    return compile(
        parser.parseExpression(expression.sql()), new LinkedHashMap<>(Map.of(name, rowType)));
  }

  /**
   * Compiles an expression over several rows; names without a qualifier mean the first.
   *
   * @param rows by the name that qualifies their columns; the fields count through in this order
   */
  RexNode compile(Expression expression, LinkedHashMap<String, RelDataType> rows) {
    Map.Entry<String, RelDataType> own = rows.entrySet().iterator().next();
    SqlNode parsed = parser.parseExpression(expression.sql());
    return compile(parsed.accept(new OwnColumnsFirst(own.getKey(), own.getValue())), rows);
  }

  private RexNode compile(SqlNode expression, LinkedHashMap<String, RelDataType> rows) {
    Map<String, RowTable> tables = new LinkedHashMap<>();
    rows.forEach((name, rowType) -> tables.put(name, new RowTable(rowType)));
    SqlSelect select = select(expression, List.copyOf(rows.keySet()));
    RelNode plan =
        compiler.compilation(Schemas.rootOf(tables), List.of()).convert(select).root().project();
    if (plan instanceof Project project) {
      return project.getProjects().get(0);
    }
    throw new IllegalStateException("an expression became " + plan.getRelTypeName());
  }

  private static SqlSelect select(SqlNode expression, List<String> names) {
    SqlNode from = new SqlIdentifier(names.get(0), SqlParserPos.ZERO);
    for (String name : names.subList(1, names.size())) {
      from =
          new SqlJoin(
              SqlParserPos.ZERO,
              from,
              SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
              JoinType.COMMA.symbol(SqlParserPos.ZERO),
              new SqlIdentifier(name, SqlParserPos.ZERO),
              JoinConditionType.NONE.symbol(SqlParserPos.ZERO),
              null);
    }
    return new SqlSelect(
        SqlParserPos.ZERO,
        SqlNodeList.EMPTY,
        SqlNodeList.of(expression),
        from,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SqlNodeList.EMPTY);
  }

  /** Rows of a type, as a table that is only ever validated against. */
  private static final class RowTable extends AbstractTable {
    private final RelDataType rowType;

    RowTable(RelDataType rowType) {
      this.rowType = rowType;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return rowType;
    }
  }

  /**
   * Qualifies simple names that are columns of the own dataset, which joined ones may have as well.
   */
  private static final class OwnColumnsFirst extends SqlShuttle {
    private final String own;
    private final RelDataType rowType;

    OwnColumnsFirst(String own, RelDataType rowType) {
      this.own = own;
      this.rowType = rowType;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      if (id.isSimple() && rowType.getField(id.getSimple(), false, false) != null) {
        return new SqlIdentifier(List.of(own, id.getSimple()), id.getParserPosition());
      }
      return id;
    }
  }
}
