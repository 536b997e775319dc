package io.plumbline.definitions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A sound definition file of a small company, to be spoilt in one place by a test. The character
 * {@code ¦} in a replacement marks where the problem must be told.
 */
final class Shop {

  private static final char MARK = '¦';

  private final String text;

  private Shop(String text) {
    this.text = text;
  }

  static Shop sound() {
    try (InputStream file = Shop.class.getResourceAsStream("shop.yaml")) {
      return new Shop(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the only occurrence of a text replaced. */
  Shop with(String before, String after) {
    int at = text.indexOf(before);
    if (at < 0 || text.indexOf(before, at + 1) >= 0) {
      throw new IllegalArgumentException("must occur once: " + before);
    }
    return new Shop(text.replace(before, after));
  }

  Shop without(String line) {
    return with(line, "");
  }

  String text() {
    return text.replace(String.valueOf(MARK), "");
  }

  SemanticModel model() throws DefinitionException {
    return DefinitionReader.withoutCanonical()
        .read(List.of(new DefinitionFile("shop.yaml", text())));
  }

  /** Every problem, each with {@code ¦} for its place if that is the marked one. */
  List<String> problems() {
    try {
      model();
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(this::told).toList();
    }
  }

  private String told(Problem problem) {
    return problem.toString().replace("shop.yaml:" + markedPlace() + ": ", "¦ ");
  }

  private String markedPlace() {
    int at = text.indexOf(MARK);
    if (at < 0) {
      return "nowhere";
    }
    List<String> lines = Arrays.asList(text.substring(0, at).split("\n", -1));
    return lines.size() + ":" + (lines.get(lines.size() - 1).length() + 1);
  }
}
