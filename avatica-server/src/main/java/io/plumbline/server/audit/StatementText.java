package io.plumbline.server.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement without what its author knew: literals become {@code ?}, comments go. Others may see
 * what was asked, but not for whom.
 */
final class StatementText {

  private static final Pattern WORDS =
      Pattern.compile(
          "(?<comment>--[^\\n]*+|/\\*(?s:.*?)(?:\\*/|\\z))"
              + "|(?<text>[eE]'[^'\\\\]*+(?:(?:\\\\(?s:.)|'')[^'\\\\]*+)*+(?:'|\\z)"
              + "|'[^']*+(?:''[^']*+)*+(?:'|\\z)"
              + "|\\$\\$(?s:.*?)(?:\\$\\$|\\z)"
              + "|\\$(?<tag>[A-Za-z_][A-Za-z_0-9]*+)\\$(?s:.*?)(?:\\$\\k<tag>\\$|\\z))"
              + "|(?<name>\"[^\"]*+\"?|[\\p{L}_][\\p{L}\\p{N}_$]*+)"
              + "|(?<number>\\.?[0-9][0-9._]*+(?:[eE][+-]?[0-9]++)?)");

  private StatementText() {}

  static String withoutLiterals(String sql) {
    Matcher word = WORDS.matcher(sql);
    StringBuilder shown = new StringBuilder(sql.length());
    while (word.find()) {
      String replacement =
          word.group("name") != null
              ? Matcher.quoteReplacement(word.group())
              : word.group("comment") != null ? " " : "?";
      word.appendReplacement(shown, replacement);
    }
    return word.appendTail(shown).toString();
  }
}
