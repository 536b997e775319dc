package io.plumbline.engine.sql;

import io.plumbline.engine.sql.grammar.PlumblineGrammarConstants;
import io.plumbline.engine.sql.grammar.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's {@code $$text$$}. While the words are read each stands as a quoted text of the same
 * length, so that every other word keeps its place.
 */
final class DollarQuotes {

  private static final Pattern START =
      Pattern.compile("'(?:[^']|'')*'|\"[^\"]*\"|--[^\\n]*|\\$(?:[A-Za-z_][A-Za-z_0-9]*)?\\$");

  private final String text;
  private final Map<String, String> contents = new HashMap<>();

  DollarQuotes(String sql) {
    this.text = sql.contains("$") ? masked(sql) : sql;
  }

  String text() {
    return text;
  }

  private String masked(String sql) {
    StringBuilder masked = new StringBuilder(sql);
    Matcher start = START.matcher(sql);
    int from = 0;
    while (start.find(from)) {
      from = start.end();
      String tag = start.group();
      int end = tag.startsWith("$") ? sql.indexOf(tag, start.end()) : -1;
      if (end >= 0 && !followsWord(sql, start.start())) {
        mask(masked, start.start(), end + tag.length());
        remember(sql, start.start(), sql.substring(start.end(), end));
        from = end + tag.length();
      }
    }
    return masked.toString();
  }

  private static boolean followsWord(String sql, int at) {
    return at > 0 && Character.isJavaIdentifierPart(sql.charAt(at - 1));
  }

  private static void mask(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
        text.setCharAt(i, 'x');
      }
    }
    text.setCharAt(start, '\'');
    text.setCharAt(end - 1, '\'');
  }

  private void remember(String sql, int start, String content) {
    String before = sql.substring(0, start);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = start - before.lastIndexOf('\n');
    contents.put(line + ":" + column, content);
  }

  /** The word with its real text. */
  Token restored(Token token) {
    String content =
        token.kind == PlumblineGrammarConstants.QUOTED_STRING
            ? contents.get(token.beginLine + ":" + token.beginColumn)
            : null;
    if (content != null) {
      token.image = "'" + content.replace("'", "''") + "'";
    }
    return token;
  }
}
