package io.plumbline.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlMonikerType;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** The validator of our dialect. */
final class PlumblineValidator extends SqlValidatorImpl {

  /** What stands around the expression of an ORDER BY. */
  private static final Set<SqlKind> DIRECTIONS =
      Set.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST);

  PlumblineValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader reader,
      RelDataTypeFactory types,
      Config config) {
    super(operators, reader, types, config);
  }

  /**
   * In ORDER BY an alias of the select list stands for its expression only where it stands alone;
   * inside an expression a name is a column first. Otherwise {@code select aggregate(mrr) as mrr
   * ... order by aggregate(mrr)} would aggregate twice.
   */
  @Override
  public SqlNode expandOrderExpr(SqlSelect select, SqlNode expression) {
    if (expression instanceof SqlCall call && DIRECTIONS.contains(call.getKind())) {
      SqlNode item = call.operand(0);
      SqlNode expanded = expandOrderExpr(select, item);
      return expanded == item
          ? call
          : call.getOperator().createCall(call.getParserPosition(), expanded);
    }
    if (expression instanceof SqlCall call) {
      SqlValidatorScope columns = getSelectScope(select);
      SqlNode qualified = call.accept(new ColumnsFirst(columns));
      return super.expandOrderExpr(select, qualified == null ? call : qualified);
    }
    return super.expandOrderExpr(select, expression);
  }

  /** The tables are known by now, and no other clause was looked at. */
  @Override
  protected void validateWhereClause(SqlSelect select) {
    CommonColumns.qualify(select, this);
    super.validateWhereClause(select);
  }

  /** The columns that an expression of a SELECT may name; none if it was not understood so far. */
  List<String> columnsIn(SqlSelect select) {
    try {
      List<SqlMoniker> columns = new ArrayList<>();
      getSelectScope(select).findAllColumnNames(columns);
      return columns.stream().map(column -> Util.last(column.getFullyQualifiedNames())).toList();
    } catch (RuntimeException notReached) {
      return List.of();
    }
  }

  /** The tables that can be named, with their schemas. */
  List<String> tables() {
    List<String> tables = new ArrayList<>();
    for (SqlMoniker schema : getCatalogReader().getAllSchemaObjectNames(List.of())) {
      if (schema.getType() == SqlMonikerType.SCHEMA) {
        getCatalogReader().getAllSchemaObjectNames(schema.getFullyQualifiedNames()).stream()
            .filter(table -> table.getType() == SqlMonikerType.TABLE)
            .map(table -> String.join(".", table.getFullyQualifiedNames()))
            .forEach(tables::add);
      }
    }
    return tables;
  }

  /** Whether a table with its schema is found without it. */
  boolean isOnPath(String table) {
    String schema = table.substring(0, Math.max(table.lastIndexOf('.'), 0));
    return getCatalogReader().getSchemaPaths().contains(List.of(schema));
  }

  /** The columns of a table with its schema. */
  List<String> columnsOf(String table) {
    SqlValidatorTable found = getCatalogReader().getTable(List.of(table.split("\\.", -1)));
    return found == null ? List.of() : found.getRowType().getFieldNames();
  }

  /** Qualifies the names that are columns of the FROM clause. */
  private static final class ColumnsFirst extends SqlShuttle {
    private final SqlValidatorScope columns;

    ColumnsFirst(SqlValidatorScope columns) {
      this.columns = columns;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      if (!id.isSimple()) {
        return id;
      }
      try {
        return columns.fullyQualify(id).identifier;
      } catch (CalciteContextException notAColumn) {
        return id;
      }
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      return call instanceof SqlSelect ? call : super.visit(call);
    }
  }
}
