package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException.Place;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** What a client may ask for. Everything else is refused by {@link StatementParser}. */
public sealed interface Statement {

  /** A query. */
  record Query(SqlNode node) implements Statement {}

  /** {@code EXPLAIN [PLAN FOR] query}. */
  record Explain(SqlNode query) implements Statement {}

  /** {@code SET name = value}; the value {@code default} resets. Names are in lower case. */
  record Set(String name, String value) implements Statement {}

  /** {@code SHOW name}. Names are in lower case; {@code SHOW ALL} has the name {@code all}. */
  record Show(String name) implements Statement {}

  /**
   * {@code SHOW TABLES} and the like, {@code DESCRIBE table}: what there is.
   *
   * @param what {@code schemas, tables, views, columns, metrics, dimensions} or {@code templates}
   * @param of the names of a schema, or of a table; empty for all
   * @param like a pattern of names; empty for all
   */
  record Listing(String what, List<String> of, Optional<String> like, Place at)
      implements Statement {
    public Listing {
      of = List.copyOf(of);
    }
  }

  /** {@code KILL [QUERY] number}: ends a statement that runs. */
  record Kill(long query) implements Statement {}

  /** {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK} and the like: accepted, without effect. */
  record Transaction(String verb) implements Statement {}
}
