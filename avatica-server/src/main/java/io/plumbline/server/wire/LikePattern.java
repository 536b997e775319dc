package io.plumbline.server.wire;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.Meta;

/**
 * A pattern of JDBC metadata: {@code %}, {@code _}, and a backslash before one of them to mean the
 * character. Matches regardless of case, since some clients write every name in upper case.
 */
final class LikePattern {

  private final Pattern pattern;

  private LikePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** A missing pattern matches everything. */
  static LikePattern of(Meta.Pat pat) {
    return new LikePattern(
        Pattern.compile(pat.s == null ? ".*" : regex(fold(pat.s)), Pattern.DOTALL));
  }

  private static String regex(String like) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      if (c == '\\' && i + 1 < like.length()) {
        regex.append(Pattern.quote(String.valueOf(like.charAt(++i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  boolean matches(String name) {
    return pattern.matcher(fold(name)).matches();
  }
}
