package io.plumbline.definitions;

/**
 * SQL text of a definition, and the place of its first character. The engine parses and checks it.
 */
public record Expression(String sql, Position at) {

  public Expression {
    if (sql.isBlank()) {
      throw new IllegalArgumentException("blank expression at " + at);
    }
  }
}
