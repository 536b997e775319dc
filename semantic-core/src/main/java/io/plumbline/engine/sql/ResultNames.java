package io.plumbline.engine.sql;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.util.Util;

/**
 * The name of a column that has none in the text: a function's, as in PostgreSQL, but a metric's
 * own when it is evaluated.
 */
final class ResultNames {

  private static final String UNNAMED = "?column?";

  /** The library's name of PostgreSQL's string_agg. */
  private static final String LISTAGG = "LISTAGG";

  private ResultNames() {}

  /** The row type of a query with a name for each column. */
  static RelDataType named(RelDataType type, SqlNode query, RelDataTypeFactory types) {
    if (!(body(query) instanceof SqlSelect select)
        || select.getSelectList().size() != type.getFieldCount()) {
      return type;
    }
    RelDataTypeFactory.Builder named = types.builder();
    type.getFieldList()
        .forEach(
            field ->
                named.add(
                    SqlUtil.isGeneratedAlias(field.getName())
                        ? of(expression(select.getSelectList().get(field.getIndex())))
                        : field.getName(),
                    field.getType()));
    return named.build();
  }

  /** The query whose select list names the columns; of a UNION it is the first. */
  private static SqlNode body(SqlNode query) {
    SqlNode body = query;
    while (!(body instanceof SqlSelect)) {
      if (body instanceof SqlOrderBy order) {
        body = order.query;
      } else if (body instanceof SqlWith with) {
        body = with.body;
      } else if (body instanceof SqlCall call && SqlKind.SET_QUERY.contains(call.getKind())) {
        body = call.operand(0);
      } else {
        return body;
      }
    }
    return body;
  }

  private static SqlNode expression(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }

  static String of(SqlNode expression) {
    if (expression instanceof SqlIdentifier id) {
      return Util.last(id.names).toLowerCase(Locale.ROOT);
    }
    if (!(expression instanceof SqlCall call)) {
      return UNNAMED;
    }
    return switch (call.getKind()) {
      case CAST, FILTER, OVER, WITHIN_GROUP, WITHIN_DISTINCT, IGNORE_NULLS, RESPECT_NULLS ->
          argument(call);
      case CASE -> "case";
      case EXISTS -> "exists";
      case SCALAR_QUERY -> scalar(call);
      case SELECT -> first((SqlSelect) call);
      default -> function(call);
    };
  }

  private static String argument(SqlCall call) {
    String name = of(call.operand(0));
    return name.equals(UNNAMED) && call.getKind() == SqlKind.CAST
        ? typeName(call.operand(1))
        : name;
  }

  private static String typeName(SqlNode type) {
    return type.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_].*", "");
  }

  private static String scalar(SqlCall call) {
    return call.operand(0) instanceof SqlSelect select ? first(select) : UNNAMED;
  }

  private static String first(SqlSelect select) {
    SqlNode item = select.getSelectList().get(0);
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1).toString() : of(item);
  }

  private static String function(SqlCall call) {
    String name = call.getOperator().getName();
    boolean metric = MetricOperators.evaluatesMetric(call.getOperator());
    if (metric && (call.operandCount() == 1 || ContextOperators.isChanged(call))) {
      return of(call.operand(0));
    }
    if (call.getOperator() instanceof ModifiedCast) {
      return of(call.operand(0));
    }
    if (name.equals(LISTAGG)) {
      return "string_agg";
    }
    return call.getOperator() instanceof SqlFunction && name.matches("[A-Za-z_][A-Za-z_0-9]*")
        ? name.toLowerCase(Locale.ROOT)
        : UNNAMED;
  }
}
