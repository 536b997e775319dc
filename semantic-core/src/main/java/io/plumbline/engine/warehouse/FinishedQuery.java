package io.plumbline.engine.warehouse;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.util.SqlVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * A query in FROM, to which nothing is added any more.
 *
 * <p>For each clause that is added, {@code RelToSqlConverter} looks for a window in all that is
 * written so far: a tenth of the time of planning a deep plan. Only a window in the same SELECT
 * matters to it, so the queries below are kept from it.
 */
final class FinishedQuery extends SqlCall {

  private final SqlCall query;

  private FinishedQuery(SqlCall query) {
    super(query.getParserPosition());
    this.query = query;
  }

  /** Sets the queries of a FROM clause apart, in place. */
  static void markIn(@Nullable SqlNode from) {
    if (from instanceof SqlJoin join) {
      markIn(join.getLeft());
      markIn(join.getRight());
    } else if (from instanceof SqlCall as && as.getKind() == SqlKind.AS) {
      SqlNode named = as.operand(0);
      if (named instanceof SqlCall query
          && SqlKind.QUERY.contains(query.getKind())
          && !(query instanceof FinishedQuery)) {
        as.setOperand(0, new FinishedQuery(query));
      }
    }
  }

  @Override
  public SqlKind getKind() {
    return query.getKind();
  }

  @Override
  public SqlOperator getOperator() {
    return query.getOperator();
  }

  @Override
  public List<SqlNode> getOperandList() {
    return query.getOperandList();
  }

  @Override
  public SqlNode clone(SqlParserPos position) {
    return new FinishedQuery((SqlCall) query.clone(position));
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    query.unparse(writer, leftPrecedence, rightPrecedence);
  }

  /** What replaces sees the query, what looks for something does not. */
  @Override
  public <R> R accept(SqlVisitor<R> visitor) {
    return visitor instanceof SqlShuttle ? query.accept(visitor) : null;
  }

  @Override
  public boolean equalsDeep(@Nullable SqlNode node, Litmus litmus) {
    SqlNode other = node instanceof FinishedQuery finished ? finished.query : node;
    return query.equalsDeep(other, litmus);
  }
}
