package io.plumbline.cli;

import io.plumbline.masking.MaskSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a demo server writes beside the warehouse.
 *
 * @param temporary whether it goes with the server
 */
record DemoState(Path folder, boolean temporary) implements AutoCloseable {

  static DemoState in(Optional<Path> keep) {
    try {
      return keep.isPresent()
          ? new DemoState(Files.createDirectories(keep.get()), false)
          : new DemoState(Files.createTempDirectory("plumbline-demo"), true);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path audit() {
    return folder.resolve("audit");
  }

  /** Made at the first start, so that hashes stay the same over restarts. */
  MaskSecret maskKey() {
    Path file = folder.resolve("mask-key");
    try {
      if (Files.exists(file)) {
        return new MaskSecret(Files.readString(file).strip());
      }
      MaskSecret secret = MaskSecret.random();
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, secret.value() + "\n");
      return secret;
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private static CommandFailure unusable(Exception e) {
    return new CommandFailure("The state of the demo can't be kept: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (temporary) {
      try {
        for (Path file : deepestFirst()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw unusable(e);
      }
    }
  }

  private List<Path> deepestFirst() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
