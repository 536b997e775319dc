package io.plumbline.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one file of the log, as far as its chain holds. */
final class ChainFile {

  /** What is wrong with a line that has no end. */
  static final String NOT_WHOLE = "the record is not whole";

  /** A record without an end would fill the memory. */
  private static final int LONGEST = 64 << 20;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + ChainHash.LENGTH + "}");

  private final Path file;
  private final RecordFormat format = new RecordFormat();

  ChainFile(Path file) {
    this.file = file;
  }

  /** What is done with the text of each record whose hash is right. */
  interface Visitor {
    void record(long sequence, ChainHash hash, byte[] text) throws IOException;
  }

  /**
   * How far the chain holds.
   *
   * @param end where its last good record ends, in bytes
   * @param broken what is wrong with the line after it; empty at the end of the file
   */
  record Reach(Link last, long end, int lines, Optional<String> broken) {}

  /** A place in the chain: the number of a record and its hash. */
  record Link(long sequence, ChainHash hash) {
    static final Link START = new Link(0, ChainHash.START);
  }

  Reach read(Link before, Visitor visitor) throws IOException {
    Link last = before;
    long end = 0;
    int lines = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      while (true) {
        Line line = line(in);
        if (line.bytes().length == 0 && !line.whole()) {
          return new Reach(last, end, lines, Optional.empty());
        }
        Checked checked = check(line, last);
        if (checked.problem().isPresent()) {
          return new Reach(last, end, lines, checked.problem());
        }
        last = checked.link();
        end += line.bytes().length + 1;
        lines++;
        visitor.record(last.sequence(), last.hash(), text(line));
      }
    }
  }

  /**
   * What the last record says of itself, unchecked; empty if the file does not end with a record.
   * Reads no more than the record.
   */
  Optional<Link> lastWritten() throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long end = in.length() - 1;
      long begin = Math.max(0, lineBreakBefore(in, end) + 1);
      byte[] line = new byte[(int) Math.max(0, Math.min(end - begin, LONGEST))];
      in.seek(begin);
      in.readFully(line);
      String hash =
          new String(line, 0, Math.min(line.length, ChainHash.LENGTH), StandardCharsets.ISO_8859_1);
      if (!HASH.matcher(hash).matches() || in.read() != '\n') {
        return Optional.empty();
      }
      return sequence(text(new Line(line, true)))
          .map(sequence -> new Link(sequence, new ChainHash(hash)));
    }
  }

  /** The place of the last line break before a place; -1 if there is none. */
  private static long lineBreakBefore(RandomAccessFile in, long place) throws IOException {
    byte[] block = new byte[1 << 13];
    for (long end = place; end > 0; end -= block.length) {
      long begin = Math.max(0, end - block.length);
      int length = (int) (end - begin);
      in.seek(begin);
      in.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return begin + i;
        }
      }
    }
    return -1;
  }

  private record Line(byte[] bytes, boolean whole) {}

  private record Checked(Link link, Optional<String> problem) {
    static Checked broken(Link before, String what) {
      return new Checked(before, Optional.of(what));
    }
  }

  private static Line line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0 && bytes.size() < LONGEST; b = in.read()) {
      if (b == '\n') {
        return new Line(bytes.toByteArray(), true);
      }
      bytes.write(b);
    }
    return new Line(bytes.toByteArray(), false);
  }

  private static byte[] text(Line line) {
    int begin = Math.min(ChainHash.LENGTH + 1, line.bytes().length);
    return Arrays.copyOfRange(line.bytes(), begin, line.bytes().length);
  }

  /** The number of a record; empty if the text is none. */
  private Optional<Long> sequence(byte[] text) {
    try {
      return Optional.of(format.sequence(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Checked check(Line line, Link before) {
    if (!line.whole()) {
      return Checked.broken(before, NOT_WHOLE);
    }
    if (line.bytes().length <= ChainHash.LENGTH + 1) {
      return Checked.broken(before, "this is no record");
    }
    byte[] text = text(line);
    String written = new String(line.bytes(), 0, ChainHash.LENGTH, StandardCharsets.ISO_8859_1);
    Optional<Long> number = sequence(text);
    if (number.isEmpty()) {
      return Checked.broken(before, "this is no record");
    }
    long sequence = number.get();
    if (sequence != before.sequence() + 1) {
      return Checked.broken(
          before,
          "record " + sequence + " stands where " + (before.sequence() + 1) + " is expected");
    }
    ChainHash expected = before.hash().next(text);
    return expected.hex().equals(written)
        ? new Checked(new Link(sequence, expected), Optional.empty())
        : Checked.broken(before, "the hash of record " + sequence + " does not fit");
  }
}
