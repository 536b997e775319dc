package io.plumbline.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the records of a log from the first on, without checking the chain. */
final class AuditReader {

  // Quotation marks inside of texts are escaped in JSON: these are fields wherever they stand.
  private static final String BEGUN = "\"event\":\"statement\"";
  private static final String ENDED = "\"event\":\"statement_ended\"";
  private static final String STATEMENT = "\"statement\":";

  private final AuditFolder folder;
  private final RecordFormat format = new RecordFormat();

  AuditReader(AuditFolder folder) {
    this.folder = folder;
  }

  /**
   * Which records are worth to be understood, by their text: a log is mostly about others.
   *
   * @see RecordFormat
   */
  interface Selection {

    /** Whether a statement is looked for, given the line of its beginning. */
    boolean begun(String line);

    /** Whether the end of a statement is looked for, given the number of its beginning. */
    boolean ended(long statement);
  }

  /**
   * Reads the beginnings and ends of statements.
   *
   * @param until the number of the last record to read
   */
  void statements(long until, Selection selection, Consumer<AuditRecord> consumer)
      throws IOException {
    for (Path file : folder.files()) {
      if (AuditFolder.first(file) <= until) {
        read(file, until, selection, consumer);
      }
    }
  }

  /** Records are numbered without a gap, so that no line has to be parsed for its number. */
  private void read(Path file, long until, Selection selection, Consumer<AuditRecord> consumer)
      throws IOException {
    long number = AuditFolder.first(file);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine();
          line != null && number <= until;
          line = lines.readLine()) {
        if (isWanted(line, selection)) {
          String text = line.substring(ChainHash.LENGTH + 1);
          consumer.accept(format.record(text.getBytes(StandardCharsets.UTF_8)));
        }
        number++;
      }
    }
  }

  private static boolean isWanted(String line, Selection selection) {
    if (line.contains(BEGUN)) {
      return selection.begun(line);
    }
    return line.contains(ENDED) && selection.ended(numberBehind(line, STATEMENT));
  }

  private static long numberBehind(String line, String field) {
    int from = line.indexOf(field) + field.length();
    int to = from;
    while (to < line.length() && Character.isDigit(line.charAt(to))) {
      to++;
    }
    return Long.parseLong(line, from, to, 10);
  }
}
