package io.plumbline.engine.sql;

import static io.plumbline.engine.sql.SessionStatements.place;
import static io.plumbline.engine.sql.SessionStatements.text;
import static io.plumbline.engine.sql.SessionStatements.word;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people type to see what there is: {@code SHOW TABLES [FROM schema] [LIKE 'pattern']}, {@code
 * SHOW COLUMNS FROM table}, {@code SHOW METRICS}, {@code DESCRIBE table}.
 */
final class ListingStatements {

  private static final Map<String, String> LISTS =
      Map.of(
          "SCHEMAS", "schemas",
          "DATABASES", "schemas",
          "TABLES", "tables",
          "VIEWS", "views",
          "COLUMNS", "columns",
          "FIELDS", "columns",
          "METRICS", "metrics",
          "DIMENSIONS", "dimensions",
          "TEMPLATES", "templates");

  private ListingStatements() {}

  /** Empty if it is another statement. */
  static Optional<Statement> parse(List<Token> tokens) {
    if (!word(tokens, 0).equals("SHOW")) {
      int at = word(tokens, 1).equals("TABLE") ? 2 : 1;
      List<String> table = new ArrayList<>();
      if (!end(tokens, name(tokens, at, table)) || table.isEmpty()) {
        throw instead(tokens, "write DESCRIBE schema.table");
      }
      return Optional.of(listing(tokens, "columns", table, Optional.empty()));
    }
    int at = Set.of("FULL", "ALL").contains(word(tokens, 1)) ? 2 : 1;
    String what = LISTS.get(word(tokens, at));
    return what == null ? Optional.empty() : Optional.of(shown(tokens, what, at + 1));
  }

  private static Statement shown(List<Token> tokens, String what, int from) {
    int at = from;
    List<String> of = new ArrayList<>();
    boolean named = Set.of("FROM", "IN", "OF").contains(word(tokens, at));
    if (named) {
      at = name(tokens, at + 1, of);
    }
    Optional<String> like = Optional.empty();
    if (Set.of("LIKE", "ILIKE").contains(word(tokens, at))
        && tokens.get(at + 1).kind == PlumblineGrammarConstants.QUOTED_STRING) {
      like = Optional.of(text(tokens.get(at + 1)));
      at += 2;
    }
    if (!end(tokens, at) || named && of.isEmpty()) {
      String list = what.toUpperCase(Locale.ROOT);
      throw instead(tokens, "write SHOW " + list + " [FROM name] [LIKE 'pattern']");
    }
    if (what.equals("columns") && of.isEmpty()) {
      throw instead(tokens, "write SHOW COLUMNS FROM schema.table");
    }
    return listing(tokens, what, of, like);
  }

  private static Statement listing(
      List<Token> tokens, String what, List<String> of, Optional<String> like) {
    return new Statement.Listing(what, of, like, place(tokens.get(0)));
  }

  /** Collects the parts of {@code a.b}; tells where what follows begins. */
  private static int name(List<Token> tokens, int from, List<String> parts) {
    int at = from;
    while (at < tokens.size() - 1) {
      parts.add(text(tokens.get(at)));
      at++;
      if (!word(tokens, at).equals(".")) {
        break;
      }
      at++;
    }
    return at;
  }

  /** The last token is the end of the text. */
  private static boolean end(List<Token> tokens, int at) {
    return at == tokens.size() - 1;
  }

  private static QueryException instead(List<Token> tokens, String remedy) {
    return new QueryException(SqlState.SYNTAX_ERROR, place(tokens.get(0)), remedy);
  }
}
