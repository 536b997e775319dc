package io.plumbline.definitions.reader;

import io.plumbline.definitions.Position;
import java.util.Optional;

/** A reference {@code dataset.column}. */
record Dotted(Name dataset, Name column) {

  static Optional<Dotted> parse(Name name) {
    int dot = name.text().indexOf('.');
    if (dot <= 0 || dot != name.text().lastIndexOf('.') || dot == name.text().length() - 1) {
      return Optional.empty();
    }
    Position at = name.at();
    Position afterDot = new Position(at.file(), at.line(), at.column() + dot + 1);
    return Optional.of(
        new Dotted(
            new Name(name.text().substring(0, dot), at),
            new Name(name.text().substring(dot + 1), afterDot)));
  }
}
