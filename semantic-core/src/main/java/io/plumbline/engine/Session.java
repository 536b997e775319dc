package io.plumbline.engine;

import java.util.List;

/**
 * What one principal does over one connection: statements, settings, and a view of the catalog that
 * holds only what the principal may see. Used by one statement or several at a time.
 */
public interface Session extends AutoCloseable {

  Principal principal();

  /**
   * Parses, validates, governs and plans a statement: a query, {@code explain}, {@code set}, {@code
   * show}, {@code kill}.
   *
   * @throws QueryException if it can't be answered
   */
  PreparedQuery prepare(String sql);

  /** Sets a session property, such as {@code time_zone}, {@code as_of}, {@code currency}. */
  void set(String name, String value);

  /** What {@code KILL} ends statements through; without it there are none. */
  default void endStatementsThrough(RunningStatements running) {}

  /** Everything this principal may query, for JDBC metadata, ordered by schema and name. */
  List<TableInfo> tables();

  /**
   * A table as clients see it.
   *
   * @param type {@code TABLE} or {@code VIEW}
   * @param remarks its description
   */
  record TableInfo(
      String schema, String name, String type, String remarks, List<ResultColumn> columns) {
    public TableInfo {
      columns = List.copyOf(columns);
    }
  }

  @Override
  void close();
}
