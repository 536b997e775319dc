package io.plumbline.server.audit;

import io.plumbline.server.audit.ChainFile.Link;
import io.plumbline.server.audit.ChainFile.Reach;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Finds the end of a log that is opened again. A server that was killed may leave a last record
 * that is not whole, or, after a loss of power, the rest of its last second: that is cut off, and
 * kept in a file of its own. What the head says was durable must be there.
 */
final class LogRecovery {

  private final AuditFolder folder;

  LogRecovery(AuditFolder folder) {
    this.folder = folder;
  }

  /**
   * Where a log goes on.
   *
   * @param file the one to append to; empty to begin one
   * @param cut bytes that were cut off
   */
  record End(Link last, Optional<Path> file, long cut) {}

  /**
   * Finds the end, and cuts off what is not whole.
   *
   * @throws AuditException if what was durable is not there any more
   */
  End recover() throws IOException {
    List<Path> files = folder.files();
    Optional<Link> head = folder.head();
    if (files.isEmpty() && head.filter(h -> h.sequence() > 0).isEmpty()) {
      folder.writeHead(Link.START);
      return new End(Link.START, Optional.empty(), 0);
    }
    if (files.isEmpty() || head.isEmpty()) {
      throw damaged("files are missing");
    }
    return end(files, head.get());
  }

  private End end(List<Path> files, Link head) throws IOException {
    Path file = files.get(files.size() - 1);
    Link before = before(files);
    boolean[] headSeen = {head.sequence() < before.sequence() || head.equals(before)};
    Reach reach =
        new ChainFile(file)
            .read(
                before, (number, hash, text) -> headSeen[0] |= head.equals(new Link(number, hash)));
    if (!headSeen[0]) {
      throw damaged(
          reach.broken().orElse("it ends with record " + reach.last().sequence())
              + ", and record "
              + head.sequence()
              + " was there before");
    }
    long cut = Files.size(file) - reach.end();
    if (cut > 0) {
      cut(file, reach);
    }
    return new End(reach.last(), Optional.of(file), cut);
  }

  /**
   * The link before the last file. Of the files before it only the last one is read through:
   * whether all of them hold is for the verification to say, and a log of years would keep a server
   * from starting.
   */
  private Link before(List<Path> files) throws IOException {
    int last = files.size() - 1;
    Link before = Link.START;
    if (last > 0) {
      Path file = files.get(last - 1);
      Link start = last > 1 ? lastWritten(files.get(last - 2)) : Link.START;
      Reach reach = new ChainFile(file).read(start, (number, hash, text) -> {});
      if (reach.broken().isPresent()) {
        throw damaged(file.getFileName() + ": " + reach.broken().get());
      }
      before = reach.last();
    }
    long first = AuditFolder.first(files.get(last));
    if (before.sequence() != first - 1) {
      throw damaged("the records before " + first + " are missing");
    }
    return before;
  }

  private Link lastWritten(Path file) throws IOException {
    return new ChainFile(file)
        .lastWritten()
        .orElseThrow(() -> damaged(file.getFileName() + " does not end with a record"));
  }

  private void cut(Path file, Reach reach) throws IOException {
    try (FileChannel log =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel kept =
            FileChannel.open(
                folder.cut(reach.last().sequence() + 1),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
      log.transferTo(reach.end(), log.size() - reach.end(), kept);
      kept.force(true);
      log.truncate(reach.end());
      log.force(true);
    }
  }

  private AuditException damaged(String what) {
    return new AuditException(
        "The audit log in "
            + folder.path()
            + " is damaged: "
            + what
            + ". See what 'plumbline audit verify' says; to start anew, move the folder away.");
  }
}
