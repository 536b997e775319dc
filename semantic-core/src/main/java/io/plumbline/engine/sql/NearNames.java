package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The names around a place of a query, and which of them somebody may have meant. */
public final class NearNames {

  private final PlumblineValidator validator;
  private final SqlNode query;
  private @Nullable SqlSelect select;
  private @Nullable SqlIdentifier identifier;

  NearNames(PlumblineValidator validator, SqlNode query) {
    this.validator = validator;
    this.query = query;
  }

  /** Looks for the innermost SELECT and the identifier at a place. */
  void at(Place place) {
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            boolean longer = identifier == null || id.names.size() >= identifier.names.size();
            if (longer && holds(id.getParserPosition(), place)) {
              identifier = id;
            }
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect candidate
                && (select == null || holds(call.getParserPosition(), place))) {
              select = candidate;
            }
            return super.visit(call);
          }
        });
  }

  private static boolean holds(SqlParserPos position, Place place) {
    return before(position.getLineNum(), position.getColumnNum(), place.line(), place.column())
        && before(
            place.line(), place.column(), position.getEndLineNum(), position.getEndColumnNum());
  }

  private static boolean before(int line, int column, int otherLine, int otherColumn) {
    return line < otherLine || line == otherLine && column <= otherColumn;
  }

  /** The identifier at the place as it was written. */
  Optional<String> written() {
    return Optional.ofNullable(identifier).map(id -> String.join(".", id.names));
  }

  /** The tables of the innermost SELECT. */
  Optional<String> tables() {
    if (select == null || select.getFrom() == null) {
      return Optional.empty();
    }
    List<String> tables = new ArrayList<>();
    collect(select.getFrom(), tables);
    return tables.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", tables));
  }

  private static void collect(SqlNode from, List<String> tables) {
    if (from instanceof SqlIdentifier id) {
      tables.add(String.join(".", id.names));
    } else if (from instanceof SqlJoin join) {
      collect(join.getLeft(), tables);
      collect(join.getRight(), tables);
    } else if (from.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) from;
      if (as.operand(0) instanceof SqlIdentifier id) {
        tables.add(String.join(".", id.names));
      } else {
        tables.add(as.operand(1).toString());
      }
    }
  }

  Optional<String> column(String name) {
    return select == null ? Optional.empty() : nearest(name, validator.columnsIn(select));
  }

  /** One of the same name in another schema, or of a similar name. */
  Optional<String> table(String written) {
    Optional<String> same = namesakes(written).stream().findFirst();
    if (same.isPresent() || written.contains(".")) {
      return same.or(() -> nearest(written, validator.tables()));
    }
    return nearest(written, validator.tables().stream().map(NearNames::afterSchema).toList())
        .flatMap(near -> namesakes(near).stream().findFirst())
        .map(table -> validator.isOnPath(table) ? afterSchema(table) : table);
  }

  /**
   * A table that has a column which those of the innermost SELECT lack: one of the same name, else
   * the one of the schema with the fewest others beside it.
   */
  Optional<String> tableWith(String column) {
    if (select == null || select.getFrom() == null) {
      return Optional.empty();
    }
    List<String> tables = new ArrayList<>();
    collect(select.getFrom(), tables);
    return tables.stream()
        .flatMap(table -> namesakes(table).stream())
        .filter(table -> has(table, column))
        .findFirst()
        .or(() -> tables.stream().flatMap(table -> neighbour(table, column).stream()).findFirst());
  }

  private boolean has(String table, String column) {
    return validator.columnsOf(table).stream().anyMatch(c -> c.equalsIgnoreCase(column));
  }

  private Optional<String> neighbour(String table, String column) {
    String schema = table.substring(0, table.length() - afterSchema(table).length());
    return validator.isOnPath(table)
        ? validator.tables().stream()
            .filter(other -> other.startsWith(schema))
            .sorted()
            .filter(other -> has(other, column))
            .min(Comparator.comparingInt(other -> validator.columnsOf(other).size()))
        : Optional.empty();
  }

  private List<String> namesakes(String table) {
    return validator.tables().stream()
        .filter(other -> afterSchema(other).equalsIgnoreCase(afterSchema(table)))
        .filter(other -> !other.equalsIgnoreCase(table))
        .sorted()
        .toList();
  }

  private static String afterSchema(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  boolean isFunction(String name) {
    return functions().contains(name.toLowerCase(Locale.ROOT));
  }

  Optional<String> function(String name) {
    return nearest(name, functions());
  }

  private Collection<String> functions() {
    return validator.getOperatorTable().getOperatorList().stream()
        .filter(SqlFunction.class::isInstance)
        .map(SqlOperator::getName)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.matches("[a-z][a-z0-9_]*"))
        .collect(Collectors.toSet());
  }

  /** The candidate with the least edits, if they are few for the length of the name. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    int limit = Math.max(1, name.length() / 3);
    String best = null;
    int fewest = limit + 1;
    for (String candidate : candidates.stream().sorted().toList()) {
      int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        best = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
