package io.plumbline.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Where root may make a user namespace, the library does; where
 * it may not, as in most containers, the programs are wrapped so that they run as nobody.
 */
final class RootWithoutNamespaces {
  private static final Path BINARIES =
      Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg-as-nobody");
  private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl");
  private static final String WRAPPER =
      """
      #!/bin/sh
      # Hands the data directory to nobody, then runs the program as nobody.
      previous=
      for argument in "$@"; do
        if [ "$previous" = -D ]; then chown -R 65534:65534 "$argument"; fi
        previous=$argument
      done
      exec setpriv --reuid=65534 --regid=65534 --clear-groups "$0.program" "$@"
      """;

  private RootWithoutNamespaces() {}

  static boolean applies() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return linux
        && "root".equals(System.getProperty("user.name"))
        && !LinuxUtils.isUnshareAvailable();
  }

  /**
   * Starts a server; the first attempt on a machine unpacks the programs and fails, and then they
   * can be wrapped.
   */
  static EmbeddedPostgres start(EmbeddedPostgres.Builder settings) throws IOException {
    Files.createDirectories(BINARIES);
    settings.setOverrideWorkingDirectory(BINARIES.toFile());
    if (wrapped() == 0) {
      unpack();
    }
    return settings.start();
  }

  private static void unpack() throws IOException {
    try {
      EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(BINARIES.toFile())
          .setRegisterShutdownHook(false)
          .start()
          .close();
    } catch (IllegalStateException refusedAsRoot) {
      if (wrap() == 0) {
        throw refusedAsRoot;
      }
    }
  }

  private static long wrapped() throws IOException {
    try (Stream<Path> files =
        Files.find(BINARIES, 3, (file, attributes) -> file.endsWith("initdb.program"))) {
      return files.count();
    }
  }

  private static int wrap() throws IOException {
    List<Path> programs;
    try (Stream<Path> files =
        Files.find(
            BINARIES, 3, (file, attributes) -> PROGRAMS.contains(file.getFileName().toString()))) {
      programs = files.toList();
    }
    for (Path program : programs) {
      Files.move(program, program.resolveSibling(program.getFileName() + ".program"));
      Files.writeString(program, WRAPPER);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return programs.size();
  }
}
