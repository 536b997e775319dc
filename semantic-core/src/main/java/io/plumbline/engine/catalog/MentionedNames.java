package io.plumbline.engine.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** All names in a query, whatever they stand for. */
final class MentionedNames {

  /** Speak of columns without naming them. */
  private static final Set<SqlKind> OF_ALL_COLUMNS =
      Set.of(
          SqlKind.EXPLICIT_TABLE,
          SqlKind.PIVOT,
          SqlKind.UNPIVOT,
          SqlKind.MATCH_RECOGNIZE,
          SqlKind.EXTEND);

  /** {@code AS r(a, b)}: an alias with names of columns. */
  private static final int OPERANDS_OF_ALIAS = 2;

  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private boolean allColumns;

  private MentionedNames() {}

  /** The names in a query; empty if it speaks of columns that it does not name. */
  static Optional<MentionedNames> in(SqlNode query) {
    MentionedNames mentioned = new MentionedNames();
    query.accept(mentioned.new Reader());
    return mentioned.allColumns ? Optional.empty() : Optional.of(mentioned);
  }

  /** Each name once, whatever its case. */
  Set<String> all() {
    return names;
  }

  private final class Reader extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlIdentifier identifier) {
      allColumns |= identifier.isStar();
      names.addAll(identifier.names);
      return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call.getKind() == SqlKind.COUNT && isStar(call)) {
        return null;
      }
      allColumns |= saysAll(call);
      return super.visit(call);
    }
  }

  private static boolean isStar(SqlCall count) {
    return count.operandCount() == 1
        && count.operand(0) instanceof SqlIdentifier identifier
        && identifier.isStar()
        && identifier.names.size() == 1;
  }

  private static boolean saysAll(SqlCall call) {
    return OF_ALL_COLUMNS.contains(call.getKind())
        || call instanceof SqlJoin join && join.isNatural()
        || call.getKind() == SqlKind.AS && call.operandCount() > OPERANDS_OF_ALIAS;
  }
}
