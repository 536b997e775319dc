package io.plumbline.it.readme;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/** The checked-out sources, and what the build made of them. */
final class Repository {

  /** Tests run in the folder of their module. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Path TARGET = ROOT.resolve("avatica-server/target");

  private Repository() {}

  /** The commands run what was packaged, so that must be what is tested. */
  static void assumePackaged() throws IOException {
    Path jar = TARGET.resolve("plumbline.jar");
    assumeTrue(
        Files.exists(jar) && !isOlder(jar),
        "the server is not packaged; mvn verify packages it, and runs this test");
  }

  private static boolean isOlder(Path jar) throws IOException {
    try (Stream<Path> classes = Files.walk(TARGET.resolve("classes"))) {
      FileTime newest =
          classes
              .filter(file -> file.toString().endsWith(".class"))
              .map(Repository::modified)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return modified(jar).compareTo(newest) < 0;
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
