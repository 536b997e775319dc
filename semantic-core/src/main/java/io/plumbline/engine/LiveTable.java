package io.plumbline.engine;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows do not lie in the warehouse, such as the audit log. They are fetched for each
 * execution, for the principal that asks, and sent along with the statement, so that SQL can do
 * with them whatever it does with others.
 */
public interface LiveTable {

  String schema();

  String name();

  String description();

  List<Column> columns();

  /**
   * The rows that somebody may see; a value is the text of the column's type as PostgreSQL reads
   * it.
   */
  List<List<@Nullable String>> rows(Reader reader);

  /** A column with its unit and meaning. */
  record Column(String name, Type type, boolean nullable, String description) {}

  /** The types that such a column may have. */
  enum Type {
    TEXT("text"),
    BOOLEAN("bool"),
    BIGINT("int8"),
    NUMERIC("numeric"),
    TIMESTAMPTZ("timestamptz");

    private final String postgresName;

    Type(String postgresName) {
      this.postgresName = postgresName;
    }

    /** What PostgreSQL's catalog calls it. */
    public String postgresName() {
      return postgresName;
    }
  }

  /**
   * Who reads, under the rules in force.
   *
   * @param seesTable whether the reader may name a table, given as {@code schema.table}
   * @param seesAll whether nothing at all is hidden from the reader
   */
  record Reader(
      Principal principal, Governor governor, Predicate<String> seesTable, boolean seesAll) {}
}
