package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException.Place;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds in the text of a query what a {@link Refusal} speaks of. */
final class Culprit {

  private Culprit() {}

  /**
   * The place of a function over a column, or else of the column.
   *
   * @param names a column; or a function and a column in it
   */
  static Optional<Place> find(SqlNode query, List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Finder finder = new Finder(names);
    query.accept(finder);
    return Optional.ofNullable(finder.call == null ? finder.column : finder.call);
  }

  private static final class Finder extends SqlBasicVisitor<@Nullable Void> {
    private final List<String> names;
    private @Nullable Place call;
    private @Nullable Place column;

    Finder(List<String> names) {
      this.names = names;
    }

    @Override
    public @Nullable Void visit(SqlCall node) {
      boolean function =
          names.size() > 1 && node.getOperator().getName().equalsIgnoreCase(names.get(0));
      if (function && call == null && mentions(node)) {
        call = place(node);
      }
      return super.visit(node);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
      if (column == null && isColumn(id)) {
        column = place(id);
      }
      return null;
    }

    private boolean mentions(SqlCall node) {
      return node.getOperandList().stream()
          .anyMatch(operand -> operand instanceof SqlIdentifier id && isColumn(id));
    }

    private boolean isColumn(SqlIdentifier id) {
      return !id.names.isEmpty()
          && id.names.get(id.names.size() - 1).equalsIgnoreCase(names.get(names.size() - 1));
    }

    private static Place place(SqlNode node) {
      return new Place(
          node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
    }
  }
}
