package io.plumbline.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Says which table's column is meant where USING or NATURAL made one column of several: that of the
 * side whose rows are all there, and the first that is not null for a full join. The library knows
 * such a name in some clauses only, and for two tables only.
 *
 * <pre>
 *   select id from a join b using (id) where id = 1  =&gt;  select a.id from ... where a.id = 1
 * </pre>
 */
final class CommonColumns extends SqlShuttle {

  private final PlumblineValidator validator;
  private final SqlNode from;
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private CommonColumns(PlumblineValidator validator, SqlNode from) {
    this.validator = validator;
    this.from = from;
    addNames(from);
  }

  /** Rewrites the clauses of a SELECT whose tables are validated. */
  static void qualify(SqlSelect select, PlumblineValidator validator) {
    if (!(select.getFrom() instanceof SqlJoin join)) {
      return;
    }
    CommonColumns columns = new CommonColumns(validator, join);
    if (!columns.names.isEmpty()) {
      columns.qualifyClauses(select);
    }
  }

  private void addNames(SqlNode node) {
    if (node instanceof SqlJoin join) {
      List<String> common = validator.usingNames(join);
      names.addAll(common == null ? List.of() : common);
      addNames(join.getLeft());
      addNames(join.getRight());
    }
  }

  // ---- clauses ----

  private void qualifyClauses(SqlSelect select) {
    Set<String> aliases = aliases(select.getSelectList());
    replaceEach(select.getSelectList(), this::selected);
    SqlNode where = select.getWhere();
    if (where != null) {
      select.setWhere(where.accept(this));
    }
    replaceEach(select.getGroup(), this::qualified);
    SqlNode having = select.getHaving();
    if (having != null) {
      select.setHaving(having.accept(this));
    }
    replaceEach(select.getWindowList(), this::qualified);
    SqlNode qualify = select.getQualify();
    if (qualify != null) {
      select.setQualify(qualify.accept(this));
    }
    // A name of the select list wins where it stands alone.
    replaceEach(
        select.getOrderList(), item -> aliases.contains(nameOf(item)) ? item : qualified(item));
  }

  private static void replaceEach(@Nullable SqlNodeList nodes, UnaryOperator<SqlNode> change) {
    if (nodes != null) {
      for (int i = 0; i < nodes.size(); i++) {
        nodes.set(i, change.apply(nodes.get(i)));
      }
    }
  }

  private static Set<String> aliases(SqlNodeList selected) {
    Set<String> aliases = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNode item : selected) {
      if (item.getKind() == SqlKind.AS) {
        aliases.add(((SqlCall) item).operand(1).toString());
      }
    }
    return aliases;
  }

  private static String nameOf(SqlNode item) {
    SqlNode bare =
        switch (item.getKind()) {
          case DESCENDING, NULLS_FIRST, NULLS_LAST -> ((SqlCall) item).operand(0);
          default -> item;
        };
    return bare == item ? item.toString() : nameOf(bare);
  }

  private SqlNode qualified(SqlNode node) {
    SqlNode result = node.accept(this);
    return result == null ? node : result;
  }

  /** An item of the select list keeps its name. */
  private SqlNode selected(SqlNode item) {
    SqlNode result = qualified(item);
    return item instanceof SqlIdentifier id && !(result instanceof SqlIdentifier)
        ? SqlStdOperatorTable.AS.createCall(id.getParserPosition(), result, id)
        : result;
  }

  // ---- names ----

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind().belongsTo(SqlKind.QUERY)) {
      return call;
    }
    CallCopyingArgHandler copy = new CallCopyingArgHandler(call, false);
    // Of expressions only: names of aliases and windows are none.
    call.getOperator().acceptCall(this, call, true, copy);
    return copy.result();
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    if (!id.isSimple() || !names.contains(id.getSimple())) {
      return id;
    }
    List<SqlNode> columns = columns(from, id);
    return columns.size() == 1 ? columns.get(0) : id;
  }

  /** What a name may mean in a part of FROM; several if it is ambiguous. */
  private List<SqlNode> columns(SqlNode part, SqlIdentifier id) {
    if (!(part instanceof SqlJoin join)) {
      return column(part, id).toList();
    }
    List<SqlNode> left = columns(join.getLeft(), id);
    List<SqlNode> right = columns(join.getRight(), id);
    if (left.size() == 1 && right.size() == 1 && isCommon(join, id.getSimple())) {
      return List.of(merged(join.getJoinType(), left.get(0), right.get(0)));
    }
    List<SqlNode> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private boolean isCommon(SqlJoin join, String name) {
    List<String> common = validator.usingNames(join);
    return common != null && common.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static SqlNode merged(JoinType type, SqlNode left, SqlNode right) {
    return switch (type) {
      case RIGHT -> right;
      case FULL -> SqlStdOperatorTable.COALESCE.createCall(left.getParserPosition(), left, right);
      default -> left;
    };
  }

  private Stream<SqlNode> column(SqlNode table, SqlIdentifier id) {
    SqlValidatorNamespace namespace = validator.getNamespace(table);
    String alias = SqlValidatorUtil.alias(table);
    boolean present =
        namespace != null
            && alias != null
            && namespace.getRowType().getFieldNames().stream()
                .anyMatch(id.getSimple()::equalsIgnoreCase);
    return present
        ? Stream.of(new SqlIdentifier(List.of(alias, id.getSimple()), id.getParserPosition()))
        : Stream.of();
  }
}
