package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** One pass over the words of a statement that turns PostgreSQL's spelling into the grammar's. */
final class TokenRewriter implements PlumblineGrammarConstants {

  /** The name of the call that {@code DISTINCT ON (...)} becomes, first in the select list. */
  static final String DISTINCT_ON = "$distinct_on";

  private static final int MAX_DEPTH = 200;

  /**
   * Words of the grammar that are ordinary names for us: functions and what other dialects have.
   */
  private static final Set<String> NAMES =
      words(
          """
          ABS AVG CARDINALITY CLASSIFIER COLLECT CONTAINS CONTAINS_SUBSTR CORR COUNT COVAR_POP
          COVAR_SAMP CUME_DIST DATETIME_DIFF DATETIME_TRUNC DATE_DIFF DATE_TRUNC DENSE_RANK ELEMENT
          EQUALS EVERY EXP EXTEND FIRST_VALUE FUSION HOP IMMEDIATELY INTERSECTION LAG LAST_VALUE
          LEAD LN LOWER MATCH_NUMBER MAX MEASURE MEASURES MEMBER MIN MOD NTH_VALUE NTILE
          OCTET_LENGTH OMIT ORDINAL PATTERN PER PERCENT_RANK PERIOD PERMUTE PIVOT PORTION POWER
          PRECEDES PREV RANK REGR_AVGX REGR_AVGY REGR_COUNT REGR_INTERCEPT REGR_R2 REGR_SLOPE
          REGR_SXX REGR_SXY REGR_SYY RLIKE ROW_NUMBER RUNNING SAFE_CAST SAFE_OFFSET SAFE_ORDINAL
          SEPARATOR SESSION SQRT STDDEV_POP STDDEV_SAMP STREAM SUBMULTISET SUBSET SUCCEEDS SUM
          TIMESTAMPADD TIMESTAMPDIFF TIMESTAMP_DIFF TIMESTAMP_TRUNC TIME_DIFF TIME_TRUNC TRUNCATE
          TRY_CAST TUMBLE UNPIVOT UPPER UPSERT VAR_POP VAR_SAMP WIDTH_BUCKET
          ALLOCATE ALLOW ARE ARRAY_MAX_CARDINALITY ASENSITIVE BEGIN_FRAME BEGIN_PARTITION BLOB CLOB
          CORRESPONDING DEFINE DEREF DESCRIBE DISALLOW DISCONNECT END_FRAME END_PARTITION EXEC
          FRAME_ROW INOUT INSENSITIVE LIKE_REGEX MATCH_CONDITION MODIFIES NEW NONE OF OUT
          OCCURRENCES_REGEX POSITION_REGEX REFERENCING RESET SHOW SKIP SPECIFIC SPECIFICTYPE
          SQLEXCEPTION SQLSTATE SQLWARNING SUBSTRING_REGEX TRANSLATE_REGEX TRIM_ARRAY VALUE_OF
          """);

  private static final Set<String> UNITS =
      words(
          """
          YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES
          SECOND SECONDS
          """);

  /** Types of PostgreSQL that may stand before a text: {@code timestamptz '2025-01-01'}. */
  private static final Set<String> TYPED_TEXTS = words("TIMESTAMPTZ JSONB JSON");

  private static final Set<String> LOCKS = Set.of("UPDATE", "SHARE", "NO", "KEY");

  private static Set<String> words(String list) {
    return Arrays.stream(list.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /** What is known about the text between two parentheses. */
  private static final class Frame {
    boolean select;
    boolean from;

    /** A comma belongs behind the closing parenthesis. */
    boolean commaBehind;
  }

  private final List<Token> in;
  private final List<Token> out = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Deque<Boolean> droppedBraces = new ArrayDeque<>();

  TokenRewriter(List<Token> in) {
    this.in = in;
    frames.push(new Frame());
  }

  List<Token> rewritten() {
    int i = 0;
    while (i < in.size()) {
      i += rewrite(i);
    }
    return out;
  }

  /** Writes what the word at this index becomes, and returns how many words that consumed. */
  private int rewrite(int i) {
    Token token = in.get(i);
    switch (token.kind) {
      case LPAREN -> open(token);
      case RPAREN -> close(token);
      case CARET -> out.add(as(token, RAISED_TO));
      case CONCAT -> out.add(as(token, JOINED));
      case LAMBDA -> out.add(as(token, ARROW));
      case C_STYLE_ESCAPED_STRING_LITERAL -> out.add(unescaped(token));
      case SELECT -> {
        return select(i);
      }
      case FROM, WHERE, GROUP, HAVING, UNION, INTERSECT, EXCEPT -> clause(token);
      case INTERVAL -> out.add(interval(i) ? as(token, INTERVAL_TEXT) : token);
      case LBRACKET -> {
        return bracket(i);
      }
      case LBRACE_FN -> droppedBraces.push(true);
      case LBRACE -> {
        return brace(i);
      }
      case LBRACE_D, LBRACE_T, LBRACE_TS -> {
        droppedBraces.push(false);
        out.add(token);
      }
      case RBRACE -> closeBrace(token);
      case AS -> {
        return as(i);
      }
      case ONLY -> only(i);
      case AT -> out.add(kind(i + 1) == TIME || opensContext(i) ? token : as(token, IDENTIFIER));
      case FOR -> {
        refuseLock(i);
        out.add(token);
      }
      default -> {
        return word(i);
      }
    }
    return 1;
  }

  private void open(Token token) {
    if (frames.size() > MAX_DEPTH) {
      throw new QueryException(
          SqlState.TOO_MANY,
          new Place(token.beginLine, token.beginColumn),
          "the statement is nested more than " + MAX_DEPTH + " parentheses deep; simplify it");
    }
    frames.push(new Frame());
    out.add(token);
  }

  private void close(Token token) {
    Frame closed = frames.peek();
    if (frames.size() > 1) {
      frames.pop();
    }
    out.add(token);
    if (closed != null && closed.commaBehind) {
      out.add(word(token, COMMA, ","));
    }
  }

  /** {@code SELECT DISTINCT ON (a, b) c} becomes {@code SELECT $distinct_on(a, b), c}. */
  private int select(int i) {
    frame().select = true;
    frame().from = false;
    out.add(in.get(i));
    if (kind(i + 1) != DISTINCT || kind(i + 2) != ON || kind(i + 3) != LPAREN) {
      return 1;
    }
    out.add(word(in.get(i + 2), IDENTIFIER, DISTINCT_ON));
    open(in.get(i + 3));
    frame().commaBehind = true;
    return 4;
  }

  /** A WHERE, GROUP BY or HAVING without FROM gets one row to stand on. */
  private void clause(Token token) {
    Frame frame = frame();
    switch (token.kind) {
      case FROM -> frame.from |= lastKind() != DISTINCT;
      case UNION, INTERSECT, EXCEPT -> frame.select = false;
      default -> {
        if (frame.select && !frame.from && lastKind() != WITHIN) {
          oneRow(token);
          frame.from = true;
        }
      }
    }
    out.add(token);
  }

  private void oneRow(Token at) {
    out.add(word(at, FROM, "FROM"));
    out.add(word(at, LPAREN, "("));
    out.add(word(at, VALUES, "VALUES"));
    out.add(word(at, LPAREN, "("));
    out.add(word(at, UNSIGNED_INTEGER_LITERAL, "0"));
    out.add(word(at, RPAREN, ")"));
    out.add(word(at, RPAREN, ")"));
  }

  /** Whether the units stand inside the text: {@code INTERVAL '30 days'}. */
  private boolean interval(int i) {
    return kind(i + 1) == QUOTED_STRING && !UNITS.contains(upper(i + 2));
  }

  /** {@code int[]} is the standard's {@code int ARRAY}; {@code ARRAY[]} stays. */
  private int bracket(int i) {
    if (kind(i + 1) == RBRACKET && lastKind() != ARRAY) {
      out.add(word(in.get(i), ARRAY, "ARRAY"));
      return 2;
    }
    out.add(in.get(i));
    return 1;
  }

  private int brace(int i) {
    boolean outerJoin = upper(i + 1).equals("OJ");
    droppedBraces.push(outerJoin);
    if (outerJoin) {
      return 2;
    }
    out.add(in.get(i));
    return 1;
  }

  private void closeBrace(Token token) {
    if (droppedBraces.isEmpty() || !droppedBraces.pop()) {
      out.add(token);
    }
  }

  /** {@code WITH x AS [NOT] MATERIALIZED (...)}: a hint that has no effect here. */
  /** {@code at (} may also be an alias with names of columns. */
  private boolean opensContext(int i) {
    return kind(i + 1) == LPAREN
        && i + 2 < in.size()
        && ContextOperators.begins(in.get(i + 2), in.get(Math.min(i + 3, in.size() - 1)));
  }

  private int as(int i) {
    out.add(in.get(i));
    int not = kind(i + 1) == NOT ? 1 : 0;
    boolean hint = upper(i + 1 + not).equals("MATERIALIZED") && kind(i + 2 + not) == LPAREN;
    return hint ? 2 + not : 1;
  }

  /** {@code FROM ONLY t}: inheritance is not something that a client sees. */
  private void only(int i) {
    if (lastKind() != FROM && lastKind() != JOIN && lastKind() != COMMA) {
      out.add(in.get(i));
    }
  }

  private void refuseLock(int i) {
    if (LOCKS.contains(upper(i + 1))) {
      throw new QueryException(
          SqlState.READ_ONLY,
          new Place(in.get(i).beginLine, in.get(i).beginColumn),
          "Plumbline is read only: it locks no rows, so FOR " + upper(i + 1) + " is refused");
    }
  }

  private int word(int i) {
    Token token = in.get(i);
    String word = token.image.toUpperCase(Locale.ROOT);
    if (kind(i + 1) == QUOTED_STRING && TYPED_TEXTS.contains(word) && lastKind() != AS) {
      typedText(token, in.get(i + 1));
      return 2;
    }
    if (NAMES.contains(word) && token.kind != QUOTED_IDENTIFIER) {
      out.add(as(token, IDENTIFIER));
    } else {
      out.add(token);
    }
    return 1;
  }

  /** {@code timestamptz '...'} is a cast; the text itself is consumed with its type. */
  private void typedText(Token type, Token text) {
    out.add(word(type, CAST, "CAST"));
    out.add(word(type, LPAREN, "("));
    out.add(as(text, text.kind));
    out.add(word(type, AS, "AS"));
    out.add(as(type, IDENTIFIER));
    out.add(word(type, RPAREN, ")"));
  }

  private Frame frame() {
    Frame frame = frames.peek();
    return frame == null ? new Frame() : frame;
  }

  private int kind(int i) {
    return i < in.size() ? in.get(i).kind : EOF;
  }

  private int lastKind() {
    return out.isEmpty() ? EOF : out.get(out.size() - 1).kind;
  }

  private String upper(int i) {
    return i < in.size() ? in.get(i).image.toUpperCase(Locale.ROOT) : "";
  }

  private static Token as(Token token, int kind) {
    return word(token, kind, token.image);
  }

  private static Token unescaped(Token token) {
    try {
      String value = SqlParserUtil.parseCString(token.image.replace("''", "'"));
      return word(token, QUOTED_STRING, "'" + value.replace("'", "''") + "'");
    } catch (SqlParserUtil.MalformedUnicodeEscape e) {
      throw new QueryException(
          SqlState.SYNTAX_ERROR,
          new Place(token.beginLine, token.beginColumn),
          "invalid Unicode escape in a text");
    }
  }

  private static Token word(Token place, int kind, String image) {
    Token token = new Token();
    token.kind = kind;
    token.image = image;
    token.beginLine = place.beginLine;
    token.beginColumn = place.beginColumn;
    token.endLine = place.endLine;
    token.endColumn = place.endColumn;
    return token;
  }
}
