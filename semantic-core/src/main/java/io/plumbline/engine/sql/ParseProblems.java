package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** Says in our words what the parser found. */
final class ParseProblems {

  private static final Pattern LEXER_PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  private static final List<String> FIRST_WORDS =
      List.of("select", "with", "values", "explain", "show", "describe", "set");

  private ParseProblems() {}

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
        "a text or a name is not closed, or a character can't stand here"
            + (isBackquote(message) ? "; names stand in double quotes" : ""),
        null);
  }

  private static boolean isBackquote(@Nullable String message) {
    return String.valueOf(message).contains("Encountered: \"`\"");
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
    String message =
        place.flatMap(at -> message(tokens, at)).orElse("the statement ends too early");
    return new QueryException(SqlState.SYNTAX_ERROR, place, message, e);
  }

  /** Empty if the statement ends where more was expected. */
  private static Optional<String> message(List<Token> tokens, Place place) {
    for (int i = 0; i < tokens.size() - 1; i++) {
      if (stands(tokens.get(i), place)) {
        boolean unfinished = i == tokens.size() - 2 && isKeyword(tokens.get(i));
        return unfinished ? Optional.empty() : Optional.of(message(tokens, i));
      }
    }
    return Optional.empty();
  }

  private static boolean isKeyword(Token token) {
    return token.kind != PlumblineGrammarConstants.IDENTIFIER && token.image.matches("[A-Za-z]+");
  }

  private static String message(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    return switch (token.kind) {
      case PlumblineGrammarConstants.QUOTE -> "the text that starts here is not closed";
      case PlumblineGrammarConstants.DOUBLE_QUOTE -> "the name that starts here is not closed";
      default -> "'" + token.image + "' can't stand here" + remedy(tokens, at);
    };
  }

  /** For what other databases understand, and for a first word that is none. */
  private static String remedy(List<Token> tokens, int at) {
    String word = tokens.get(at).image;
    if (at == 0) {
      return NearNames.nearest(word, FIRST_WORDS)
          .map(near -> "; did you mean '" + near + "'?")
          .orElse("; a statement begins with " + String.join(", ", FIRST_WORDS));
    }
    if (tokens.get(at - 1).image.equalsIgnoreCase("top")) {
      return "; write LIMIT " + word + " at the end of the query instead of TOP";
    }
    return word.equals("[") ? "; names stand in double quotes" : "";
  }

  private static boolean stands(Token token, Place place) {
    return token.beginLine == place.line() && token.beginColumn == place.column();
  }
}
