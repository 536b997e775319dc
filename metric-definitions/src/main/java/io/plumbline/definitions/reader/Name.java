package io.plumbline.definitions.reader;

import io.plumbline.definitions.Position;

/** A name as a file writes it, to define something or to refer to it. */
record Name(String text, Position at) {

  @Override
  public String toString() {
    return text;
  }
}
