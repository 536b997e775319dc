package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** Says in our words what the parser and the validator found. */
final class QueryProblems {

  private static final Pattern LEXER_PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  QueryProblems(PlumblineValidator validator, SqlNode query) {}

  static QueryException tooDeep() {
    return new QueryException(SqlState.TOO_MANY, "the statement is nested too deeply; simplify it");
  }

  /** A character that no statement holds. The lexer's message has the place. */
  static QueryException unreadable(@Nullable String message) {
    Matcher place = LEXER_PLACE.matcher(String.valueOf(message));
    return new QueryException(
        SqlState.SYNTAX_ERROR,
        place.find()
            ? Optional.of(
                new Place(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
            : Optional.empty(),
        "a text or a name is not closed, or a character can't stand here",
        null);
  }

  static QueryException notParsed(SqlParseException e, List<Token> tokens) {
    if (e.getCause() instanceof CalciteContextException problem && problem.getCause() != null) {
      return new QueryException(
          SqlState.SYNTAX_ERROR,
          Optional.of(new Place(problem.getPosLine(), problem.getPosColumn())),
          String.valueOf(problem.getCause().getMessage()),
          e);
    }
    Optional<Place> place =
        Optional.ofNullable(e.getPos()).map(p -> new Place(p.getLineNum(), p.getColumnNum()));
    String near =
        place
            .flatMap(at -> tokens.stream().filter(token -> stands(token, at)).findFirst())
            .map(token -> token.image)
            .orElse("");
    String message =
        near.isEmpty() || tokens.get(tokens.size() - 1).image.equals(near)
            ? "the statement ends too early"
            : "'" + near + "' can't stand here";
    return new QueryException(SqlState.SYNTAX_ERROR, place, message, e);
  }

  private static boolean stands(Token token, Place place) {
    return token.beginLine == place.line() && token.beginColumn == place.column();
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
