package io.plumbline.server.audit;

import io.plumbline.server.audit.ChainFile.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Appends to the last file of a log, and begins another when it is full. Used by one thread. */
final class LogFile implements AutoCloseable {

  private static final long HEAD_EVERY_NANOS = 1_000_000_000L;

  private final AuditFolder folder;
  private final long rotateAt;
  private @Nullable FileChannel channel;
  private long good;
  private Link written;
  private Link head;
  private long headWritten = System.nanoTime();

  LogFile(AuditFolder folder, long rotateAt, LogRecovery.End end) throws IOException {
    this.folder = folder;
    this.rotateAt = rotateAt;
    this.written = end.last();
    this.head = Link.START;
    Optional<Path> file = end.file();
    if (file.isPresent()) {
      channel = FileChannel.open(file.get(), StandardOpenOption.WRITE);
      good = channel.size();
    }
  }

  /** Some records, one after the other. */
  @SuppressWarnings("ArrayRecordComponent") // Written, never compared.
  record Batch(long first, Link last, byte[] bytes) {}

  /** Writes records and makes them durable; after a failure the same ones are to be tried again. */
  void write(Batch batch) throws IOException {
    FileChannel file = fileFor(batch.first());
    // What a failed attempt has left is not kept.
    file.truncate(good);
    file.position(good);
    ByteBuffer bytes = ByteBuffer.wrap(batch.bytes());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
    good += batch.bytes().length;
    written = batch.last();
    if (System.nanoTime() - headWritten > HEAD_EVERY_NANOS) {
      writeHead();
    }
  }

  private FileChannel fileFor(long first) throws IOException {
    FileChannel current = channel;
    if (current != null && good < rotateAt) {
      return current;
    }
    if (current != null) {
      writeHead();
    }
    FileChannel fresh = create(folder.file(first));
    if (current != null) {
      current.close();
    }
    channel = fresh;
    good = 0;
    folder.sync();
    return fresh;
  }

  /** Read by the server's user only: statements hold values. */
  private static FileChannel create(Path file) throws IOException {
    if (Files.notExists(file)
        && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  boolean headIsBehind() {
    return !head.equals(written);
  }

  void writeHead() throws IOException {
    folder.writeHead(written);
    head = written;
    headWritten = System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
