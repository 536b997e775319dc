package io.plumbline.definitions;

/** One thing that is wrong with the definitions, where it stands, and what to do about it. */
public record Problem(Position at, String what, String remedy) {

  @Override
  public String toString() {
    return at + ": " + what + (remedy.isEmpty() ? "" : " " + remedy);
  }
}
