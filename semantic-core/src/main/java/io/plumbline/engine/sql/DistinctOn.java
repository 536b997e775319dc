package io.plumbline.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code SELECT DISTINCT ON (keys) items ... ORDER BY order} keeps the first row of each key, that
 * is {@code SELECT items ... QUALIFY ROW_NUMBER() OVER (PARTITION BY keys ORDER BY order) = 1}.
 */
final class DistinctOn {

  private final SqlSelect select;
  private final SqlNodeList order;
  private final List<SqlNode> items;

  DistinctOn(SqlSelect select, SqlNodeList order) {
    this.select = select;
    this.order = order;
    this.items = select.getSelectList().subList(1, select.getSelectList().size());
  }

  static boolean isIn(SqlSelect select) {
    return select.getSelectList() != null
        && !select.getSelectList().isEmpty()
        && select.getSelectList().get(0) instanceof SqlBasicCall call
        && call.getOperator().getName().equals(TokenRewriter.DISTINCT_ON);
  }

  SqlSelect rewritten() {
    SqlParserPos position = select.getParserPosition();
    List<SqlNode> keys = ((SqlCall) select.getSelectList().get(0)).getOperandList();
    SqlSelect rewritten = (SqlSelect) select.clone(position);
    rewritten.setSelectList(new SqlNodeList(items, position));
    rewritten.setQualify(isFirst(keys, position));
    return rewritten;
  }

  private SqlNode isFirst(List<SqlNode> keys, SqlParserPos position) {
    SqlNodeList partition = new SqlNodeList(keys.stream().map(this::resolved).toList(), position);
    SqlNode window =
        new SqlWindow(
            position,
            null,
            null,
            partition,
            ordering(keys, position),
            SqlLiteral.createBoolean(false, position),
            null,
            null,
            null,
            SqlWindow.createExcludeNoOthers(position));
    SqlNode number = SqlStdOperatorTable.ROW_NUMBER.createCall(position);
    return SqlStdOperatorTable.EQUALS.createCall(
        position,
        SqlStdOperatorTable.OVER.createCall(position, number, window),
        SqlLiteral.createExactNumeric("1", position));
  }

  private SqlNodeList ordering(List<SqlNode> keys, SqlParserPos position) {
    List<SqlNode> list = new ArrayList<>();
    order.forEach(item -> list.add(resolved(item)));
    if (list.isEmpty()) {
      keys.forEach(key -> list.add(resolved(key)));
    }
    return new SqlNodeList(list, position);
  }

  /** Names and numbers of the select list stand for its expressions. */
  private SqlNode resolved(SqlNode item) {
    if (item.getKind() == SqlKind.DESCENDING
        || item.getKind() == SqlKind.NULLS_FIRST
        || item.getKind() == SqlKind.NULLS_LAST) {
      SqlCall call = (SqlCall) item;
      return call.getOperator().createCall(call.getParserPosition(), resolved(call.operand(0)));
    }
    if (item instanceof SqlNumericLiteral number && number.isInteger()) {
      int ordinal = number.intValue(true);
      return ordinal >= 1 && ordinal <= items.size() ? expression(items.get(ordinal - 1)) : item;
    }
    if (item instanceof SqlIdentifier id && id.isSimple()) {
      return items.stream()
          .filter(i -> i.getKind() == SqlKind.AS)
          .filter(i -> ((SqlCall) i).operand(1).toString().equalsIgnoreCase(id.getSimple()))
          .map(DistinctOn::expression)
          .findFirst()
          .orElse(item);
    }
    return item;
  }

  private static SqlNode expression(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }
}
