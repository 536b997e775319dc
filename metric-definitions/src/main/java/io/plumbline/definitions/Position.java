package io.plumbline.definitions;

/** A place in a definition file; line and column count from 1. */
public record Position(String file, int line, int column) {

  /** The place of things that no file declares. */
  public static final Position NONE = new Position("<built in>", 1, 1);

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
