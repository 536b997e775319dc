package io.plumbline.server.audit;

import io.plumbline.server.audit.ChainFile.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of a running server. Records get their number and hash when they are appended; one
 * thread writes all that have gathered at once and makes them durable together, so that many
 * statements share the price of it.
 *
 * <p>While the disk refuses, nothing new may begin ({@link #append} fails), and what was appended
 * before is tried again every second. Safe for several threads.
 */
public final class AuditLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  /** More may not wait to be written; to lose the ends of statements is better than the server. */
  private static final int MOST_WAITING = 64 << 20;

  private static final long RETRY_SECONDS = 1;

  private final RecordFormat format = new RecordFormat();
  private final AuditFolder folder;
  private final Clock clock;
  private final FileChannel lockFile;
  private final LogFile file;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Link last;
  private long durable;
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long firstWaiting;
  private @Nullable IOException failure;
  private boolean closing;

  /**
   * Opens a log to append to.
   *
   * @throws AuditException if it can't be written, is in use, or is damaged
   */
  public static AuditLog open(AuditSettings settings, Clock clock) {
    try {
      Files.createDirectories(settings.folder());
      return new AuditLog(settings, clock);
    } catch (IOException e) {
      throw new AuditException(
          "The audit log in "
              + settings.folder()
              + " can't be written: "
              + e
              + ". Choose a folder that the server may write to.",
          e);
    }
  }

  private AuditLog(AuditSettings settings, Clock clock) throws IOException {
    this.folder = new AuditFolder(settings.folder());
    this.clock = clock;
    this.lockFile =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    failIfInUse();
    LogRecovery.End end = recovered();
    this.file = new LogFile(folder, settings.rotateAt(), end);
    this.last = end.last();
    this.durable = last.sequence();
    this.writer = new Thread(this::write, "plumbline-audit");
    writer.setDaemon(true);
    writer.start();
    if (end.cut() > 0) {
      LOG.warn("the end of the audit log was not whole; {} bytes were cut off", end.cut());
      append(new AuditEvent.LogRecovered(end.cut()));
    }
  }

  private LogRecovery.End recovered() throws IOException {
    try {
      return new LogRecovery(folder).recover();
    } catch (IOException | AuditException e) {
      lockFile.close();
      throw e;
    }
  }

  private void failIfInUse() throws IOException {
    boolean mine;
    try {
      @Nullable FileLock held = lockFile.tryLock();
      mine = held != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      mine = false;
    }
    if (!mine) {
      // Not closed: where this process holds the lock, that would release it.
      throw new AuditException(
          "The audit log in " + folder.path() + " is in use by another server.");
    }
  }

  AuditFolder folder() {
    return folder;
  }

  /**
   * Appends a record; its number.
   *
   * @throws AuditUnavailableException if the log can't be written at the moment
   */
  public long append(AuditEvent event) {
    lock.lock();
    try {
      if (failure != null) {
        throw new AuditUnavailableException(failure);
      }
      if (closing) {
        throw new AuditUnavailableException(new IOException("the log is closed"));
      }
      return add(event);
    } finally {
      lock.unlock();
    }
  }

  /** Appends a record of what has happened already, whether the log can be written or not. */
  public void note(AuditEvent event) {
    lock.lock();
    try {
      if (closing || waiting.size() > MOST_WAITING) {
        LOG.error("not in the audit log, which can't be written: {}", event);
        return;
      }
      add(event);
    } finally {
      lock.unlock();
    }
  }

  private long add(AuditEvent event) {
    long sequence = last.sequence() + 1;
    byte[] text = format.text(new AuditRecord(sequence, clock.instant(), event));
    ChainHash hash = last.hash().next(text);
    if (waiting.size() == 0) {
      firstWaiting = sequence;
    }
    RecordFormat.line(hash, text, waiting);
    last = new Link(sequence, hash);
    changed.signalAll();
    return sequence;
  }

  /**
   * Waits until a record is durable.
   *
   * @throws AuditUnavailableException if it can't be made so
   */
  public void await(long sequence) {
    lock.lock();
    try {
      while (durable < sequence) {
        if (failure != null) {
          throw new AuditUnavailableException(failure);
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditUnavailableException(e);
    } finally {
      lock.unlock();
    }
  }

  /** The number of the last record that is durable. */
  long durable() {
    lock.lock();
    try {
      return durable;
    } finally {
      lock.unlock();
    }
  }

  // ---- the writing thread ----

  private void write() {
    LogFile.@Nullable Batch batch = next();
    while (batch != null) {
      writeUntilDone(batch);
      batch = next();
    }
  }

  /** What has gathered; none when the log is closed and everything is written. */
  private LogFile.@Nullable Batch next() {
    lock.lock();
    try {
      while (waiting.size() == 0 && !closing) {
        if (!file.headIsBehind()) {
          changed.await();
        } else if (!changed.await(1, TimeUnit.SECONDS)) {
          headOf();
        }
      }
      if (waiting.size() == 0) {
        return null;
      }
      LogFile.Batch batch = new LogFile.Batch(firstWaiting, last, waiting.toByteArray());
      waiting = new ByteArrayOutputStream(Math.min(batch.bytes().length, 1 << 20));
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void headOf() {
    try {
      file.writeHead();
    } catch (IOException e) {
      LOG.warn("the head of the audit log can't be written: {}", e.toString());
    }
  }

  private void writeUntilDone(LogFile.Batch batch) {
    while (!written(batch)) {
      lock.lock();
      try {
        if (closing) {
          return;
        }
        boolean unused = changed.await(RETRY_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean written(LogFile.Batch batch) {
    @Nullable IOException problem = null;
    try {
      file.write(batch);
    } catch (IOException e) {
      problem = e;
    }
    lock.lock();
    try {
      tell(problem);
      failure = problem;
      durable = problem == null ? batch.last().sequence() : durable;
      changed.signalAll();
      return problem == null;
    } finally {
      lock.unlock();
    }
  }

  private void tell(@Nullable IOException problem) {
    if (problem != null && failure == null) {
      LOG.error(
          "the audit log can't be written, so that nothing is answered: {}", problem.toString());
    } else if (problem == null && failure != null) {
      LOG.info("the audit log can be written again");
    }
  }

  /** Writes what was appended, and takes no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(TimeUnit.SECONDS.toMillis(5));
      if (file.headIsBehind()) {
        file.writeHead();
      }
      file.close();
      lockFile.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("the audit log can't be closed: {}", e.toString());
    }
  }
}
