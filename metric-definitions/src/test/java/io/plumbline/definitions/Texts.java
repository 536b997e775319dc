package io.plumbline.definitions;

import java.util.ArrayList;
import java.util.List;

/** Small files {@code a.yaml}, {@code b.yaml} ... that stand alone. */
final class Texts {

  private Texts() {}

  static List<DefinitionFile> files(String... texts) {
    List<DefinitionFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(new DefinitionFile((char) ('a' + files.size()) + ".yaml", text));
    }
    return files;
  }

  static List<String> problems(String... texts) {
    try {
      DefinitionReader.withoutCanonical().read(files(texts));
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
