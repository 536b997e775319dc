package io.plumbline.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A folder that keeps the data of an embedded server: its cluster, its passwords, and a lock
 * against a second owner.
 */
final class DataHome implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  private final Path folder;
  private final FileChannel channel;

  private DataHome(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static DataHome open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        // Not closed: where this very process holds the lock, closing a second channel would
        // release it.
        throw new DemoException(
            "The folder "
                + folder
                + " is in use by another Plumbline. Stop that one, or keep the data elsewhere.");
      }
      return new DataHome(folder, channel);
    } catch (IOException e) {
      throw new DemoException(
          "The folder " + folder + " can't be used: " + e + ". Choose one that you may write to.",
          e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /**
   * The PostgreSQL cluster; absolute, because its server runs in a working directory of its own.
   */
  Path data() {
    return folder.toAbsolutePath().normalize().resolve("data");
  }

  /** The passwords of this folder's server, made at the first start. */
  Secrets secrets() {
    Path file = folder.resolve("passwords");
    try {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        return new Secrets(lines.get(0), lines.get(1), lines.get(2));
      }
      Secrets secrets = Secrets.random();
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, List.of(secrets.superuser(), secrets.owner(), secrets.reader()));
      return secrets;
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new DemoException(
          "The file " + file + " can't be used: " + e + ". Delete the folder to start anew.", e);
    }
  }

  /**
   * Stops a server that outlived its process. The lock of this folder is ours, so whoever started
   * that server is gone, and its clients with it.
   */
  void stopOrphan() {
    Path file = data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
      if (process.isPresent() && isPostgres(process.get())) {
        stop(process.get());
      }
      // PostgreSQL refuses to start when the number in the file belongs to some other process by
      // now.
      Files.deleteIfExists(file);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new DemoException(
          "The file " + file + " can't be read: " + e + ". Delete it if no server uses the folder.",
          e);
    }
  }

  private boolean isPostgres(ProcessHandle process) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains(data().toString());
  }

  private void stop(ProcessHandle process) throws IOException {
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients to leave.
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new DemoException(
          "A PostgreSQL server (process "
              + process.pid()
              + ") still uses "
              + data()
              + ". Stop it and try again.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("Interrupted while an old server was stopping.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DemoException("The lock of " + folder + " can't be released: " + e, e);
    }
  }
}
