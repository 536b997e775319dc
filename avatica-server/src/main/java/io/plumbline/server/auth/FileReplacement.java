package io.plumbline.server.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file anew beside the old one, and puts it in its place at once, with the owner and the
 * permissions of the old one. The new file is also the lock: two changes at once would lose one.
 */
final class FileReplacement implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final Path fresh;

  private FileReplacement(Path file, Path fresh) {
    this.file = file;
    this.fresh = fresh;
  }

  /**
   * Begins to replace a file, or to make one that is not there; a link stays one.
   *
   * @throws IOException if somebody else is replacing it
   */
  static FileReplacement of(Path file) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path fresh = real.resolveSibling(real.getFileName() + ".new");
    try {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "another command is changing " + file + "; if that is not so, remove " + fresh, e);
    }
    return new FileReplacement(real, fresh);
  }

  void write(String text) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (Files.exists(file)) {
      takeOwner();
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void takeOwner() throws IOException {
    PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    PosixFileAttributes mine = view.readAttributes();
    if (!mine.owner().equals(old.owner())) {
      view.setOwner(old.owner());
    }
    if (!mine.group().equals(old.group())) {
      view.setGroup(old.group());
    }
    view.setPermissions(old.permissions());
  }

  /** What was not put into place goes. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(fresh);
  }
}
