package io.plumbline.demo.golden;

import io.plumbline.demo.DemoException;
import io.plumbline.demo.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the golden company's files come from. */
sealed interface GoldenInput {

  /** The text of one file. */
  String read(String fileName) throws IOException;

  /** Refuses an input whose files are not these. */
  void checkFiles(Set<String> expected) throws IOException;

  /** The files in the product. */
  record Shipped(Resources resources) implements GoldenInput {
    @Override
    public String read(String fileName) {
      return resources.file("input/" + fileName).text();
    }

    @Override
    public void checkFiles(Set<String> expected) {
      // The product's own tests prove that they are there.
    }
  }

  /** The files of a user's folder. */
  record Folder(Path path) implements GoldenInput {
    @Override
    public String read(String fileName) throws IOException {
      return Files.readString(path.resolve(fileName), StandardCharsets.UTF_8);
    }

    @Override
    public void checkFiles(Set<String> expected) throws IOException {
      if (!Files.isDirectory(path)) {
        throw new DemoException(
            "The folder " + path + " does not exist. Give one that holds the input files.");
      }
      Set<String> found = csvFiles();
      report(
          "is missing in " + path + ". Add it, with its header only if there are no rows",
          expected,
          found);
      report(
          "in "
              + path
              + " belongs to no table. The files are: "
              + String.join(", ", new TreeSet<>(expected)),
          found,
          expected);
    }

    private Set<String> csvFiles() throws IOException {
      try (Stream<Path> files = Files.list(path)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".csv"))
            .collect(Collectors.toSet());
      }
    }

    private static void report(String problem, Set<String> these, Set<String> those) {
      Set<String> rest = new TreeSet<>(these);
      rest.removeAll(those);
      if (!rest.isEmpty()) {
        throw new DemoException("The file " + String.join(", ", rest) + " " + problem + ".");
      }
    }
  }
}
