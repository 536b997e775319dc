package io.plumbline.server.audit;

import io.plumbline.server.audit.ChainFile.Link;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log: {@code audit-N.log}, where N is the number of the first record in it, and
 * {@code head}, which says how far the log reached a moment ago. The head is written after what it
 * speaks of is durable, so that a log which ends before its head was cut by somebody.
 */
record AuditFolder(Path path) {

  private static final Pattern NAME = Pattern.compile("audit-(\\d{16})\\.log");
  private static final Pattern HEAD = Pattern.compile("(\\d{1,19}) ([0-9a-f]{64})");

  /** In order. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> NAME.matcher(name(file)).matches()).sorted().toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  Path file(long first) {
    return path.resolve(String.format(Locale.ROOT, "audit-%016d.log", first));
  }

  /** Where what is cut off the end is kept. */
  Path cut(long first) {
    return path.resolve(String.format(Locale.ROOT, "audit-%016d.cut", first));
  }

  /** The number of the first record in a file, by its name. */
  static long first(Path file) {
    Matcher name = NAME.matcher(name(file));
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no file of a log");
    }
    return Long.parseLong(name.group(1));
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path headFile() {
    return path.resolve("head");
  }

  /** How far the log reached; empty if nothing tells. */
  Optional<Link> head() throws IOException {
    try {
      Matcher text = HEAD.matcher(Files.readString(headFile()).strip());
      if (!text.matches()) {
        throw new IOException("the head can't be read");
      }
      return Optional.of(new Link(Long.parseLong(text.group(1)), new ChainHash(text.group(2))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void writeHead(Link head) throws IOException {
    Path fresh = path.resolve("head.new");
    Files.writeString(
        fresh, head.sequence() + " " + head.hash().hex() + "\n", StandardCharsets.US_ASCII);
    Files.move(
        fresh, headFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the names of new files durable. */
  void sync() throws IOException {
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
