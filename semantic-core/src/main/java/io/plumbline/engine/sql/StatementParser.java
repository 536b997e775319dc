package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammar;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import io.plumbline.engine.sql.grammar.TokenMgrError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/** From text to a {@link Statement}. Safe for several threads. */
public final class StatementParser {

  private static final int MAX_LENGTH = 1_000_000;
  private static final int MAX_IDENTIFIER = 256;

  private static final Set<String> WRITES =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "UPSERT",
          "CREATE",
          "DROP",
          "ALTER",
          "TRUNCATE",
          "GRANT",
          "REVOKE",
          "COPY",
          "VACUUM",
          "ANALYZE",
          "CALL",
          "DO",
          "LOCK",
          "COMMENT",
          "CLUSTER",
          "REINDEX",
          "REFRESH",
          "EXECUTE",
          "PREPARE",
          "DEALLOCATE",
          "LISTEN",
          "NOTIFY",
          "LOAD",
          "IMPORT",
          "SECURITY",
          "REASSIGN",
          "CHECKPOINT",
          "DECLARE");

  /**
   * Parses one statement; a semicolon may follow it.
   *
   * @throws QueryException if it isn't a statement that can be answered
   */
  public Statement parse(String sql) {
    return guarded(sql, () -> parsed(sql));
  }

  /**
   * Parses an expression, such as one of a definition file.
   *
   * @throws QueryException if it isn't one
   */
  public SqlNode parseExpression(String sql) {
    return guarded(
        sql,
        () -> {
          DialectTokens tokens = tokens(sql);
          return DialectRewriter.rewritten(
              grammar(sql, tokens, PlumblineGrammar::parseSqlExpressionEof));
        });
  }

  private static <T> T guarded(String sql, Supplier<T> work) {
    if (sql.length() > MAX_LENGTH) {
      throw new QueryException(
          SqlState.TOO_MANY,
          "the statement has "
              + sql.length()
              + " characters; at most "
              + MAX_LENGTH
              + " are allowed");
    }
    requireText(sql);
    try {
      return work.get();
    } catch (StackOverflowError e) {
      throw ParseProblems.tooDeep();
    }
  }

  /** The warehouse's texts hold every character but one. */
  private static void requireText(String sql) {
    int nothing = sql.indexOf('\0');
    if (nothing >= 0) {
      List<String> before = sql.substring(0, nothing).lines().toList();
      String last = before.isEmpty() ? "" : before.get(before.size() - 1);
      throw new QueryException(
          SqlState.INVALID_CHARACTER,
          new Place(Math.max(before.size(), 1), last.length() + 1),
          "the character with the number 0 can't stand in a statement");
    }
  }

  private static Statement parsed(String sql) {
    DialectTokens tokens = tokens(sql);
    requireOneStatement(tokens.all());
    String verb = tokens.all().get(0).image.toUpperCase(Locale.ROOT);
    if (WRITES.contains(verb)) {
      throw new QueryException(
          SqlState.READ_ONLY,
          place(tokens.all().get(0)),
          "Plumbline is read only: it answers queries and changes nothing, so "
              + verb
              + " is refused");
    }
    return SessionStatements.parse(tokens.all())
        .orElseGet(() -> query(sql, tokens, verb.equals("EXPLAIN")));
  }

  private static DialectTokens tokens(String sql) {
    try {
      DialectTokens tokens = new DialectTokens(sql);
      NestingLimit.check(tokens.all());
      return tokens;
    } catch (TokenMgrError e) {
      throw ParseProblems.unreadable(e.getMessage());
    }
  }

  /** Also removes the semicolons at the end. */
  private static void requireOneStatement(List<Token> tokens) {
    int end = tokens.size() - 1;
    while (end > 0 && tokens.get(end - 1).kind == PlumblineGrammarConstants.SEMICOLON) {
      tokens.remove(--end);
    }
    if (end == 0) {
      throw new QueryException(SqlState.SYNTAX_ERROR, "the statement is empty");
    }
    for (Token token : tokens) {
      if (token.kind == PlumblineGrammarConstants.SEMICOLON) {
        throw new QueryException(
            SqlState.SYNTAX_ERROR, place(token), "several statements in one; send them one by one");
      }
    }
  }

  private static Statement query(String sql, DialectTokens tokens, boolean explain) {
    if (explain) {
      SessionStatements.dropExplain(tokens.all());
    }
    SqlNode query =
        DialectRewriter.rewritten(grammar(sql, tokens, PlumblineGrammar::parseSqlStmtEof));
    return explain ? new Statement.Explain(query) : new Statement.Query(query);
  }

  /** One of the start productions of the grammar. */
  private interface Production {
    SqlNode parse(PlumblineGrammar grammar) throws Exception;
  }

  private static SqlNode grammar(String sql, DialectTokens tokens, Production production) {
    PlumblineGrammar grammar = new PlumblineGrammar(tokens);
    grammar.setUnquotedCasing(Casing.UNCHANGED);
    grammar.setQuotedCasing(Casing.UNCHANGED);
    grammar.setIdentifierMaxLength(MAX_IDENTIFIER);
    grammar.setConformance(new PlumblineConformance());
    grammar.setOriginalSql(sql);
    try {
      return production.parse(grammar);
    } catch (QueryException e) {
      throw e;
    } catch (Exception e) {
      SqlParseException problem = grammar.normalizeException(e);
      throw ParseProblems.notParsed(problem, tokens.all());
    }
  }

  private static Place place(Token token) {
    return new Place(token.beginLine, token.beginColumn);
  }
}
