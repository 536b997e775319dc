package io.plumbline.server;

import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.audit.AuditSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An audit log that goes with the test. */
public record TemporaryAudit(Path folder, AuditLog log) implements AutoCloseable {

  public static TemporaryAudit open() {
    try {
      Path folder = Files.createTempDirectory("plumbline-audit");
      return new TemporaryAudit(folder, AuditLog.open(AuditSettings.in(folder), Clock.systemUTC()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything in its files. */
  public List<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .sorted()
          .flatMap(TemporaryAudit::linesOf)
          .toList();
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    log.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
