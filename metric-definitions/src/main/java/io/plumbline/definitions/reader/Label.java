package io.plumbline.definitions.reader;

/** The label of something that declares none. */
final class Label {

  private Label() {}

  /** {@code opening_mrr} becomes {@code Opening mrr}. */
  static String of(String name) {
    String words = name.replace('_', ' ').strip();
    return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
