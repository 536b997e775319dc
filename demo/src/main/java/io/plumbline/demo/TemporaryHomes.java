package io.plumbline.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Folders for data that vanish with the process. Each is named by its process, so that what a
 * killed one left behind, servers included, can be cleared by the next.
 */
final class TemporaryHomes {
  private static final Duration CLOCK_JITTER = Duration.ofSeconds(10);

  private final Path parent;

  TemporaryHomes(Path parent) {
    this.parent = parent;
  }

  /** Those of this user, where the system keeps temporary files. */
  static TemporaryHomes ofThisUser() {
    String user = System.getProperty("user.name", "anyone").replaceAll("\\W", "_");
    return new TemporaryHomes(
        Path.of(System.getProperty("java.io.tmpdir"), "plumbline-warehouses-" + user));
  }

  /** A new folder of this process, after clearing those of processes that are gone. */
  Path create() {
    try {
      Files.createDirectories(parent);
      for (Path left : leftBehind()) {
        clear(left);
      }
      ProcessHandle self = ProcessHandle.current();
      String started =
          Long.toString(self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
      return Files.createDirectory(
          parent.resolve(self.pid() + "-" + started + "-" + UUID.randomUUID()));
    } catch (IOException e) {
      throw new DemoException(
          "The folder "
              + parent
              + " can't be used: "
              + e
              + ". Set java.io.tmpdir to one that you may write to.",
          e);
    }
  }

  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(folder -> !isOwned(folder.getFileName().toString())).toList();
    }
  }

  private static boolean isOwned(String name) {
    String[] parts = name.split("-", 3);
    try {
      Optional<Instant> started =
          ProcessHandle.of(Long.parseLong(parts[0]))
              .flatMap(process -> process.info().startInstant());
      Instant expected = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      return started.isPresent()
          && Duration.between(expected, started.get()).abs().compareTo(CLOCK_JITTER) < 0;
    } catch (NumberFormatException | IndexOutOfBoundsException notOurs) {
      return true;
    }
  }

  private static void clear(Path folder) {
    try (DataHome home = DataHome.open(folder)) {
      home.stopOrphan();
      delete(folder);
    } catch (DemoException cleared) {
      // Another process is clearing it at the same time.
    }
  }

  /** Deletes a folder with all that is in it, which others may be deleting as well. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DemoException(
          "The folder " + folder + " can't be deleted: " + e + ". Delete it by hand.", e);
    }
  }
}
