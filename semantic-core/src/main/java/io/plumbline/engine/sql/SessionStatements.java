package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Statements about sessions: SET, RESET, SHOW, DESCRIBE, KILL and transactions. */
final class SessionStatements {

  private static final Set<String> TRANSACTIONS =
      Set.of(
          "BEGIN",
          "START",
          "COMMIT",
          "ROLLBACK",
          "END",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "DISCARD");

  private SessionStatements() {}

  static Optional<Statement> parse(List<Token> tokens) {
    String verb = word(tokens, 0);
    if (TRANSACTIONS.contains(verb)) {
      return Optional.of(new Statement.Transaction(verb.toLowerCase(Locale.ROOT)));
    }
    return switch (verb) {
      case "SET" -> Optional.of(set(tokens));
      case "RESET" -> Optional.of(new Statement.Set(name(tokens, 1), "default"));
      case "SHOW" ->
          ListingStatements.parse(tokens)
              .or(() -> Optional.of(new Statement.Show(name(tokens, 1))));
      case "DESCRIBE", "DESC" -> ListingStatements.parse(tokens);
      case "KILL" -> Optional.of(kill(tokens));
      case "USE" ->
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              place(tokens.get(0)),
              "USE does nothing here: name schema and table in the query, as in metrics.revenue;"
                  + " SHOW TABLES lists them");
      default -> Optional.empty();
    };
  }

  private static Statement kill(List<Token> tokens) {
    int at = word(tokens, 1).equals("QUERY") ? 2 : 1;
    String number = at == tokens.size() - 2 ? text(tokens.get(at)) : "";
    if (!number.matches("[0-9]{1,18}")) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR,
          place(tokens.get(0)),
          "write KILL and a query_id of analytics.query_audit_log, as in KILL 1234");
    }
    return new Statement.Kill(Long.parseLong(number));
  }

  private static Statement set(List<Token> tokens) {
    int at = Set.of("SESSION", "LOCAL").contains(word(tokens, 1)) ? 2 : 1;
    if (word(tokens, at).equals("TRANSACTION") || word(tokens, at).equals("CHARACTERISTICS")) {
      return new Statement.Transaction("set transaction");
    }
    if (isTimeZone(tokens, at)) {
      return new Statement.Set("time_zone", value(tokens, at + 2));
    }
    int separator = at;
    while (separator < tokens.size() - 1 && !isSeparator(tokens.get(separator))) {
      separator++;
    }
    if (separator == tokens.size() - 1) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR, place(tokens.get(0)), "write SET name = value");
    }
    return new Statement.Set(joined(tokens.subList(at, separator)), value(tokens, separator + 1));
  }

  private static boolean isTimeZone(List<Token> tokens, int at) {
    return word(tokens, at).equals("TIME") && word(tokens, at + 1).equals("ZONE");
  }

  private static boolean isSeparator(Token token) {
    return token.kind == PlumblineGrammarConstants.EQ || token.kind == PlumblineGrammarConstants.TO;
  }

  private static String name(List<Token> tokens, int from) {
    if (isTimeZone(tokens, from)) {
      return "time_zone";
    }
    String name = joined(tokens.subList(from, tokens.size() - 1));
    if (name.isEmpty()) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR, place(tokens.get(0)), "the name of a setting is missing");
    }
    return name;
  }

  private static String joined(List<Token> tokens) {
    return tokens.stream()
        .map(token -> text(token).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** Everything up to the end: one word, a text, a signed number, or a list of them. */
  private static String value(List<Token> tokens, int from) {
    List<Token> rest = tokens.subList(Math.min(from, tokens.size() - 1), tokens.size() - 1);
    if (rest.isEmpty()) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR, place(tokens.get(0)), "the value of the setting is missing");
    }
    return rest.stream().map(SessionStatements::text).collect(Collectors.joining());
  }

  static String text(Token token) {
    return switch (token.kind) {
      case PlumblineGrammarConstants.QUOTED_STRING -> SqlParserUtil.parseString(token.image);
      case PlumblineGrammarConstants.QUOTED_IDENTIFIER ->
          token.image.substring(1, token.image.length() - 1).replace("\"\"", "\"");
      default -> token.image;
    };
  }

  /** Leaves the query of {@code EXPLAIN [PLAN FOR] query}. */
  static void dropExplain(List<Token> tokens) {
    Token explain = tokens.remove(0);
    if (word(tokens, 0).equals("ANALYZE")) {
      throw new QueryException(
          SqlState.FEATURE_NOT_SUPPORTED,
          place(explain),
          "EXPLAIN does not run the query; leave out ANALYZE");
    }
    if (word(tokens, 0).equals("PLAN") && word(tokens, 1).equals("FOR")) {
      tokens.remove(0);
      tokens.remove(0);
    }
  }

  static String word(List<Token> tokens, int i) {
    return i < tokens.size() ? tokens.get(i).image.toUpperCase(Locale.ROOT) : "";
  }

  static Place place(Token token) {
    return new Place(token.beginLine, token.beginColumn);
  }
}
