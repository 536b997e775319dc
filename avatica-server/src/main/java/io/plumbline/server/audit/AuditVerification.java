package io.plumbline.server.audit;

import io.plumbline.server.audit.ChainFile.Link;
import io.plumbline.server.audit.ChainFile.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a log was checked from its first record to its last.
 *
 * @param records good ones, from the first on
 * @param hash of the last good record: whoever notes it can tell later that nothing before it was
 *     changed
 * @param broken where the chain breaks, and how; empty if it holds
 * @param unfinished bytes at the end that are no whole record: one that is being written, or was
 *     when the server was killed; they are cut off at the next start
 */
public record AuditVerification(
    long records, int files, String hash, Optional<String> broken, long unfinished) {

  /**
   * Checks a log, which a server may be writing meanwhile.
   *
   * @param noted a hash noted earlier, which must be that of a record; empty for none
   * @throws AuditException if there is no log to read
   */
  public static AuditVerification of(Path path, Optional<String> noted) {
    try {
      return new Check(new AuditFolder(path), noted).run();
    } catch (IOException e) {
      throw new AuditException("The audit log in " + path + " can't be read: " + e, e);
    }
  }

  /** One run over the files. */
  private static final class Check {
    private final AuditFolder folder;
    private final Optional<String> noted;
    private final Optional<Link> head;
    private Link last = Link.START;
    private boolean headSeen;
    private boolean notedSeen;

    Check(AuditFolder folder, Optional<String> noted) throws IOException {
      this.folder = folder;
      this.noted = noted;
      // Before the files: what is appended from here on is beyond it.
      this.head = folder.head();
      see(Link.START);
    }

    AuditVerification run() throws IOException {
      List<Path> files = folder.files();
      for (Path file : files) {
        boolean isLast = file.equals(files.get(files.size() - 1));
        Optional<AuditVerification> end = check(file, isLast, files.size());
        if (end.isPresent()) {
          return end.get();
        }
      }
      return result(files.size(), missing(), 0);
    }

    private Optional<AuditVerification> check(Path file, boolean isLast, int files)
        throws IOException {
      String name = String.valueOf(file.getFileName());
      if (AuditFolder.first(file) != last.sequence() + 1) {
        String what = name + ": the records from " + (last.sequence() + 1) + " on are missing";
        return Optional.of(result(files, Optional.of(what), 0));
      }
      Reach reach =
          new ChainFile(file).read(last, (number, hash, text) -> see(new Link(number, hash)));
      last = reach.last();
      if (reach.broken().isEmpty()) {
        return Optional.empty();
      }
      boolean beyondHead = head.filter(h -> h.sequence() <= last.sequence()).isPresent();
      if (isLast && beyondHead && reach.broken().get().equals(ChainFile.NOT_WHOLE)) {
        return Optional.of(result(files, missing(), Files.size(file) - reach.end()));
      }
      String what = name + ":" + (reach.lines() + 1) + ": " + reach.broken().get();
      return Optional.of(result(files, Optional.of(what), 0));
    }

    private void see(Link link) {
      headSeen |= head.filter(link::equals).isPresent();
      notedSeen |= noted.filter(link.hash().hex()::equals).isPresent();
    }

    /** What the log ought to have and has not. */
    private Optional<String> missing() {
      if (head.isEmpty()) {
        return Optional.of("the file 'head', which says where the log ends, is missing");
      }
      if (head.get().sequence() > last.sequence()) {
        return Optional.of(
            "the log ends with record "
                + last.sequence()
                + ", but there were "
                + head.get().sequence());
      }
      if (!headSeen) {
        return Optional.of("the log is not the one that 'head' speaks of: it was written anew");
      }
      return noted.isPresent() && !notedSeen
          ? Optional.of("no record has the hash " + noted.get() + ": the log was written anew")
          : Optional.empty();
    }

    private AuditVerification result(int files, Optional<String> broken, long unfinished) {
      return new AuditVerification(last.sequence(), files, last.hash().hex(), broken, unfinished);
    }
  }
}
