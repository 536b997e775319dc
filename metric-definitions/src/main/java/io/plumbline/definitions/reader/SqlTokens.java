package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of an SQL expression with their places: enough to see which columns it names. The
 * engine parses and checks it for good.
 */
record SqlTokens(List<Token> tokens) {

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<space>\\s++|--[^\\n]*+|/\\*.*?\\*/)\
          |(?<string>'(?:[^']++|'')*+')\
          |"(?<quoted>(?:[^"]++|"")*+)"\
          |(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)\
          |(?<number>[0-9]+(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\\.[0-9]+)\
          |(?<symbol>::|.)""",
          Pattern.DOTALL);

  /** Words that are never a column where an expression stands. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all and any array as asc at between both bigint boolean by case cast collate current_date"
                  + " current_time current_timestamp date day dec decimal desc distinct double else"
                  + " end escape exists extract false filter float following for from hour ilike in"
                  + " int integer interval is last leading like localtimestamp minute month no not"
                  + " null nulls numeric on or order over partition position preceding precision"
                  + " quarter range real row rows second select similar smallint some symmetric"
                  + " text then time timestamp timestamptz to trailing true unbounded unknown using"
                  + " values varchar week when where window with within without year zone")
              .split(" "));

  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED,
    NUMBER,
    STRING,
    SYMBOL
  }

  /** One token and the place of its first character. */
  record Token(Kind kind, String text, Position at) {

    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isName() {
      return kind == Kind.QUOTED
          || kind == Kind.WORD && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }

    /** As SQL reads it: what is not quoted is folded to lower case. */
    Name name() {
      return new Name(kind == Kind.QUOTED ? text : text.toLowerCase(Locale.ROOT), at);
    }
  }

  /** A column that the expression names, perhaps of a joined dataset. */
  record ColumnUse(Optional<Name> dataset, Name column) {}

  static SqlTokens of(Expression expression) {
    List<Token> tokens = new ArrayList<>();
    Matcher found = TOKEN.matcher(expression.sql());
    int line = 1;
    int lineStart = 0;
    while (found.find()) {
      Position at = expression.positionOf(line, found.start() - lineStart + 1);
      kind(found).ifPresent(kind -> tokens.add(new Token(kind, text(kind, found), at)));
      line += (int) found.group().chars().filter(c -> c == '\n').count();
      int newline = found.group().lastIndexOf('\n');
      lineStart = newline < 0 ? lineStart : found.start() + newline + 1;
    }
    return new SqlTokens(List.copyOf(tokens));
  }

  /** Empty for blanks and comments. */
  private static Optional<Kind> kind(Matcher found) {
    return Arrays.stream(Kind.values())
        .filter(kind -> found.group(kind.name().toLowerCase(Locale.ROOT)) != null)
        .findFirst();
  }

  private static String text(Kind kind, Matcher found) {
    return kind == Kind.QUOTED ? found.group("quoted").replace("\"\"", "\"") : found.group();
  }

  /** Every column it names: names that are no keyword, function, type of a cast or qualifier. */
  List<ColumnUse> columns() {
    List<ColumnUse> uses = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (isColumn(i)) {
        uses.add(new ColumnUse(qualifier(i), tokens.get(i).name()));
      }
    }
    return uses;
  }

  private boolean isColumn(int i) {
    Token token = tokens.get(i);
    boolean named = token.isName() || token.kind() == Kind.WORD && follows(i, ".");
    boolean type = follows(i, "::") || i > 0 && tokens.get(i - 1).isWord("as");
    boolean unit = follows(i, "(") && i > 1 && tokens.get(i - 2).isWord("extract");
    return named && !type && !unit && !precedes(i, "(") && !precedes(i, ".");
  }

  private Optional<Name> qualifier(int i) {
    return follows(i, ".") && i >= 2 ? Optional.of(tokens.get(i - 2).name()) : Optional.empty();
  }

  private boolean follows(int i, String symbol) {
    return i > 0 && tokens.get(i - 1).is(symbol);
  }

  private boolean precedes(int i, String symbol) {
    return i + 1 < tokens.size() && tokens.get(i + 1).is(symbol);
  }
}
