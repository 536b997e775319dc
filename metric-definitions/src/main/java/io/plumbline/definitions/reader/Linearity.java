package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.SqlTokens.Kind;
import io.plumbline.definitions.reader.SqlTokens.Token;
import java.util.List;

/**
 * Whether an expression over metrics is linear in them, such as {@code (a - b) * 12}: then the
 * value for a whole is the sum of the values of its parts whenever that holds for the metrics.
 */
final class Linearity {

  private enum Degree {
    CONSTANT,
    LINEAR,
    OTHER
  }

  private final List<Token> tokens;
  private int next;

  private Linearity(List<Token> tokens) {
    this.tokens = tokens;
  }

  static boolean isLinear(SqlTokens expression) {
    Linearity reading = new Linearity(expression.tokens());
    Degree degree = reading.sum();
    return degree == Degree.LINEAR && reading.next == reading.tokens.size();
  }

  private Degree sum() {
    Degree degree = product();
    while (at("+") || at("-")) {
      next++;
      Degree right = product();
      // A constant that is added is counted once for the whole but once for each part.
      degree = degree == right ? degree : Degree.OTHER;
    }
    return degree;
  }

  private Degree product() {
    Degree degree = factor();
    while (at("*") || at("/")) {
      boolean division = at("/");
      next++;
      degree = multiplied(degree, factor(), division);
    }
    return degree;
  }

  private static Degree multiplied(Degree left, Degree right, boolean division) {
    if (right == Degree.CONSTANT) {
      return left;
    }
    return left == Degree.CONSTANT && !division ? right : Degree.OTHER;
  }

  private Degree factor() {
    if (next >= tokens.size()) {
      return Degree.OTHER;
    }
    Token token = tokens.get(next++);
    if (token.is("-") || token.is("+")) {
      return factor();
    }
    if (token.is("(")) {
      Degree inner = sum();
      boolean closed = at(")");
      next++;
      return closed ? inner : Degree.OTHER;
    }
    if (token.kind() == Kind.NUMBER) {
      return Degree.CONSTANT;
    }
    return token.isName() && !at("(") && !at(".") ? Degree.LINEAR : Degree.OTHER;
  }

  private boolean at(String symbol) {
    return next < tokens.size() && tokens.get(next).is(symbol);
  }
}
