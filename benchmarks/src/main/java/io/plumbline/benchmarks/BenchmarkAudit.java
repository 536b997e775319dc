package io.plumbline.benchmarks;

import io.plumbline.server.audit.AuditLog;
import io.plumbline.server.audit.AuditSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The audit log of a measured server: real files, gone with the benchmark. */
public record BenchmarkAudit(Path folder, AuditLog log) implements AutoCloseable {

  /** Opens one in a new folder. */
  public static BenchmarkAudit open() throws IOException {
    Path folder = Files.createTempDirectory("plumbline-audit");
    return new BenchmarkAudit(folder, AuditLog.open(AuditSettings.in(folder), Clock.systemUTC()));
  }

  @Override
  public void close() throws IOException {
    log.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> insideFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : insideFirst) {
        Files.delete(file);
      }
    }
  }
}
