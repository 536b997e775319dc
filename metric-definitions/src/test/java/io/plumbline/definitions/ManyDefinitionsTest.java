package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyDefinitionsTest {

  private static final int METRICS = 1000;

  @Test
  void thousandMetricsAreOneLoad() throws DefinitionException {
    List<DefinitionFile> files = new ArrayList<>();
    for (int file = 0; file < 10; file++) {
      files.add(new DefinitionFile("m" + file + ".yaml", metrics(file * 100, file * 100 + 100)));
    }

    SemanticModel model =
        DefinitionReader.withoutCanonical().read(with(files, Shop.sound().text()));

    assertThat(model.metrics()).hasSizeGreaterThan(METRICS);
    assertThat(model.metric("m_999").orElseThrow().additivity())
        .isEqualTo(Additivity.SEMI_ADDITIVE);
  }

  /** A chain: every metric is made of the one before. */
  private static String metrics(int from, int to) {
    StringBuilder text = new StringBuilder("version: 1\nmetrics:\n");
    for (int i = from; i < to; i++) {
      String input = i == 0 ? "rent" : "m_" + (i - 1);
      text.append("  - {name: m_").append(i).append(", type: derived, unit: currency, expr: ");
      text.append(input).append(" * 2}\n");
    }
    return text.toString();
  }

  private static List<DefinitionFile> with(List<DefinitionFile> files, String text) {
    List<DefinitionFile> all = new ArrayList<>(files);
    all.add(new DefinitionFile("shop.yaml", text));
    return all;
  }

  @Test
  void modelDoesNotDependOnTheOrderOfFiles() throws DefinitionException {
    List<DefinitionFile> files =
        with(List.of(new DefinitionFile("m.yaml", metrics(0, 5))), Shop.sound().text());
    List<DefinitionFile> reversed = new ArrayList<>(files);
    Collections.reverse(reversed);

    assertThat(DefinitionReader.withoutCanonical().read(reversed))
        .isEqualTo(DefinitionReader.withoutCanonical().read(files));
  }

  @Test
  void versionChangesWithEveryTextAndName() throws DefinitionException {
    String version = Shop.sound().model().version();
    DefinitionFile renamed = new DefinitionFile("other.yaml", Shop.sound().text());

    assertThat(version).hasSize(16).isEqualTo(Shop.sound().model().version());
    assertThat(Shop.sound().with("label: Rent\n", "label: Rents\n").model().version())
        .isNotEqualTo(version);
    assertThat(DefinitionReader.withoutCanonical().read(List.of(renamed)).version())
        .isNotEqualTo(version);
  }

  @Test
  void folderIsReadWithItsDefinitionFilesOnly(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("shop.yaml"), Shop.sound().text());
    Files.writeString(folder.resolve("more.yml"), metrics(0, 2));
    Files.writeString(folder.resolve("notes.txt"), "not: [yaml");

    SemanticModel model = DefinitionReader.withoutCanonical().read(folder);

    assertThat(model.metric("m_1")).isPresent();
  }

  @Test
  void fileThatIsNotUtf8IsAProblemOfItsOwn(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});

    assertThat(problemsOf(folder))
        .containsExactly("latin.yaml:1:4: This is not UTF-8. Save the file in that encoding.");
  }

  private static List<String> problemsOf(Path folder) throws Exception {
    try {
      DefinitionReader.withoutCanonical().read(folder);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
