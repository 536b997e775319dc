package io.plumbline.engine.warehouse;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/**
 * What the warehouse reports, said by class only: its own messages may quote values, names and SQL
 * that the client must not see.
 */
final class WarehouseProblems {

  private WarehouseProblems() {}

  static QueryException canceled() {
    return new QueryException(SqlState.CANCELED, "the statement was canceled");
  }

  /** Whether the connection had ended before or under the statement, not the pool's patience. */
  static boolean connectionWasLost(SQLException e) {
    String code = e.getSQLState() == null ? "" : e.getSQLState();
    return !(e instanceof SQLTransientConnectionException)
        && (code.startsWith("08") || code.equals("57P01"));
  }

  /** The converter wraps what its parts throw. */
  static QueryException notWritten(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof QueryException query) {
        return query;
      }
    }
    return new QueryException(
        SqlState.FEATURE_NOT_SUPPORTED,
        Optional.empty(),
        "a part of this query can't be sent to the warehouse; write it in another way",
        e);
  }

  static QueryException of(SQLException e) {
    Problem problem =
        e instanceof SQLTransientConnectionException
            ? new Problem(SqlState.UNAVAILABLE, "the warehouse is not reachable, or too busy")
            : problem(e.getSQLState() == null ? "" : e.getSQLState());
    return new QueryException(problem.state, Optional.empty(), problem.message, e);
  }

  /** Said to who starts the server, and so with the names that stand in the configuration. */
  static QueryException notOpened(SQLException e, WarehouseSettings settings) {
    String code = e.getSQLState() == null ? "" : e.getSQLState();
    String reason =
        switch (code.length() < 2 ? "" : code.substring(0, 2)) {
          case "28" ->
              "it refuses the login '"
                  + settings.user()
                  + "'. Check user and password, and that pg_hba.conf lets this machine in";
          case "3D" -> "it has no database of the name in the url";
          case "08" -> "nothing answers there. Check the url, and that PostgreSQL runs";
          case "53" -> "it has no connection left; raise its max_connections or lower pool_size";
          case "57" -> "it is starting up or shutting down. Try again";
          default -> "PostgreSQL says: " + e.getMessage();
        };
    return new QueryException(
        SqlState.UNAVAILABLE,
        Optional.empty(),
        "the warehouse is not reachable at " + settings.url().split("[?]", 2)[0] + ": " + reason,
        e);
  }

  private record Problem(SqlState state, String message) {}

  private static Problem problem(String code) {
    Problem exact = exact(code);
    return exact != null ? exact : byClass(code.length() < 2 ? "" : code.substring(0, 2));
  }

  private static @org.jspecify.annotations.Nullable Problem exact(String code) {
    return switch (code) {
      case "22012" -> new Problem(SqlState.DIVISION_BY_ZERO, "division by zero");
      case "22003" -> new Problem(SqlState.NUMBER_OUT_OF_RANGE, "a number is out of range");
      case "22007" -> new Problem(SqlState.INVALID_DATETIME, "a text is not a valid date or time");
      case "22008" -> new Problem(SqlState.DATETIME_OUT_OF_RANGE, "a date or time does not exist");
      case "22P02" ->
          new Problem(
              SqlState.INVALID_TEXT, "a text is not a valid value of the type that it is cast to");
      case "22021", "22P05" ->
          new Problem(SqlState.INVALID_CHARACTER, "a text holds a character that can't be stored");
      case "54000" ->
          new Problem(SqlState.TOO_MANY, "a value is beyond what the warehouse can hold");
      case "21000" ->
          new Problem(
              SqlState.TOO_MANY_ROWS, "a subquery used as a value returned more than one row");
      case "57014" ->
          new Problem(SqlState.CANCELED, "the statement was canceled, or ran longer than it may");
      case "42501" ->
          new Problem(SqlState.INSUFFICIENT_PRIVILEGE, "the warehouse login may not read this");
      case "42P01", "42703" ->
          new Problem(
              SqlState.INTERNAL,
              "the warehouse's tables have changed; refresh the catalog and try again");
      default -> null;
    };
  }

  private static Problem byClass(String codeClass) {
    return switch (codeClass) {
      case "22" ->
          new Problem(SqlState.INVALID_VALUE, "a value is not valid for an operation of the query");
      case "08", "57", "58" -> new Problem(SqlState.UNAVAILABLE, "the warehouse is not reachable");
      case "53" ->
          new Problem(
              SqlState.UNAVAILABLE, "the warehouse has run out of memory, disk or connections");
      case "25" ->
          new Problem(
              SqlState.READ_ONLY, "Plumbline is read only: it answers queries and changes nothing");
      case "42" ->
          new Problem(
              SqlState.FEATURE_NOT_SUPPORTED,
              "the warehouse does not support an operation of the query on these types");
      default -> new Problem(SqlState.INTERNAL, "the warehouse could not run the statement");
    };
  }
}
