package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;

/** From text to a {@link Statement}. Safe for several threads. */
public final class StatementParser {

  private final SqlParser.Config config =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(256)
          .withConformance(new PlumblineConformance());

  /**
   * Parses one statement; a semicolon may follow it.
   *
   * @throws QueryException if it isn't a statement that can be answered
   */
  public Statement parse(String sql) {
    SqlNode node = parsed(sql);
    if (node instanceof SqlExplain explain) {
      return new Statement.Explain(explain.getExplicandum());
    }
    if (node instanceof SqlSetOption set) {
      return new Statement.Set(
          set.name().toString().toLowerCase(java.util.Locale.ROOT), String.valueOf(set.getValue()));
    }
    if (node.isA(SqlKind.QUERY)) {
      return new Statement.Query(node);
    }
    throw new QueryException(
        SqlState.READ_ONLY, "Plumbline is read only: it answers queries and changes nothing.");
  }

  /** Parses an expression, such as one of a definition file. */
  public SqlNode parseExpression(String sql) {
    try {
      return SqlParser.create(sql, config).parseExpression();
    } catch (SqlParseException e) {
      throw QueryProblems.notParsed(e);
    }
  }

  private SqlNode parsed(String sql) {
    String text = sql.strip();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    try {
      return SqlParser.create(text, config).parseStmt();
    } catch (SqlParseException e) {
      throw QueryProblems.notParsed(e);
    }
  }
}
