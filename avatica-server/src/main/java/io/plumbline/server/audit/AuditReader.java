package io.plumbline.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the records of a log from the first on, without checking the chain. */
final class AuditReader {

  private final AuditFolder folder;
  private final RecordFormat format = new RecordFormat();

  AuditReader(AuditFolder folder) {
    this.folder = folder;
  }

  /**
   * Reads records of some kind.
   *
   * @param event how the name of the event begins
   * @param until the number of the last record to read
   */
  void read(String event, long until, Consumer<AuditRecord> consumer) throws IOException {
    String marker = "\"event\":\"" + event;
    for (Path file : folder.files()) {
      if (AuditFolder.first(file) <= until && !read(file, marker, until, consumer)) {
        return;
      }
    }
  }

  private boolean read(Path file, String marker, long until, Consumer<AuditRecord> consumer)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] text = line.substring(ChainHash.LENGTH + 1).getBytes(StandardCharsets.UTF_8);
        if (format.sequence(text) > until) {
          return false;
        }
        if (line.contains(marker)) {
          consumer.accept(format.record(text));
        }
      }
    }
    return true;
  }
}
