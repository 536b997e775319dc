package io.plumbline.definitions;

/**
 * SQL text of a definition. The engine parses and checks it.
 *
 * @param at the place of its first character
 * @param indent how many characters stand before each later line in the file, but not in {@code
 *     sql}
 */
public record Expression(String sql, Position at, int indent) {

  public Expression {
    if (sql.isBlank()) {
      throw new IllegalArgumentException("blank expression at " + at);
    }
  }

  public Expression(String sql, Position at) {
    this(sql, at, 0);
  }

  /** The place in the file of a character of the SQL, whose line and column count from 1. */
  public Position positionOf(int line, int column) {
    int shift = line == 1 ? at.column() - 1 : indent;
    return new Position(at.file(), at.line() + line - 1, shift + column);
  }
}
