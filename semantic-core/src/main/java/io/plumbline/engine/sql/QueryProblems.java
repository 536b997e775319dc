package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/** Says in our words what the parser and the validator found. */
final class QueryProblems {

  QueryProblems(PlumblineValidator validator, SqlNode query) {}

  static QueryException notParsed(SqlParseException e) {
    Optional<Place> place =
        Optional.ofNullable(e.getPos()).map(p -> new Place(p.getLineNum(), p.getColumnNum()));
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return new QueryException(
        SqlState.SYNTAX_ERROR, place, end < 0 ? message : message.substring(0, end), e);
  }

  <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (CalciteContextException e) {
      throw new QueryException(
          state(e),
          Optional.of(new Place(e.getPosLine(), e.getPosColumn())),
          e.getCause() == null ? "invalid query" : String.valueOf(e.getCause().getMessage()),
          e);
    } catch (CalciteException e) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR, Optional.empty(), String.valueOf(e.getMessage()), e);
    }
  }

  private static SqlState state(CalciteContextException e) {
    String message = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
    if (message.startsWith("Column ") && message.endsWith("is ambiguous")) {
      return SqlState.AMBIGUOUS_COLUMN;
    }
    if (message.startsWith("Column ")) {
      return SqlState.UNDEFINED_COLUMN;
    }
    if (message.startsWith("Object ") || message.startsWith("Table ")) {
      return SqlState.UNDEFINED_TABLE;
    }
    if (message.startsWith("No match found for function")) {
      return SqlState.UNDEFINED_FUNCTION;
    }
    if (message.contains("is not being grouped")) {
      return SqlState.GROUPING_ERROR;
    }
    return SqlState.DATATYPE_MISMATCH;
  }
}
