package io.plumbline.server.wire;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.Meta;

/**
 * One run of a statement as its client sees it: the client asks for frames, and gets an empty one
 * that is not the last while there is no result yet. While a frame travels, the next is built.
 */
final class Execution {

  private final FrameSource frames;
  private final WireLimits limits;
  private final Executor background;
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();

  private CompletableFuture<Meta.Frame> next;
  private long offset;
  private volatile boolean delivered;

  /** Read by the reaper; set before the statement starts, so that it is never seen as abandoned. */
  private volatile long lastAnswer = System.nanoTime();

  private volatile boolean toldToAskAgain;

  Execution(FrameSource frames, WireLimits limits, Executor background) {
    this.frames = frames;
    this.limits = limits;
    this.background = background;
    this.next = CompletableFuture.supplyAsync(frames::first, background);
  }

  /** The frame that starts at a row, as soon as it is there, else an empty one. */
  Meta.Frame frame(long from, Codec codec) {
    if (codec != frames.codec()) {
      throw Refusal.of("0A000", "a result is fetched in the serialization it was asked for");
    }
    asking.lock();
    try {
      return answer(from);
    } finally {
      lastAnswer = System.nanoTime();
      asking.unlock();
    }
  }

  private Meta.Frame answer(long from) {
    if (from != offset) {
      throw Refusal.of(
          "24000",
          "the rows from "
              + from
              + " on were sent before; next is row "
              + offset
              + ". Run the statement again");
    }
    if (delivered) {
      return new Meta.Frame(offset, true, List.of());
    }
    try {
      return deliver(next.get(limits.answerWithin().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      toldToAskAgain = true;
      return new Meta.Frame(offset, false, List.of());
    } catch (ExecutionException e) {
      close();
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of("57P01", "the server is stopping");
    }
  }

  private Meta.Frame deliver(Meta.Frame built) {
    boolean first = offset == 0;
    Meta.Frame frame = new Meta.Frame(offset, built.done, built.rows);
    offset += ((EncodedRows) built.rows).size();
    delivered = built.done;
    toldToAskAgain = false;
    next =
        delivered
            ? CompletableFuture.completedFuture(Meta.Frame.EMPTY)
            : CompletableFuture.supplyAsync(frames::next, background);
    if (first) {
      awaitAudit();
    }
    return frame;
  }

  private void awaitAudit() {
    try {
      frames.awaitAudit();
    } catch (RuntimeException e) {
      var unused = close();
      throw e;
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /**
   * Whether the client has stopped asking: for the outcome, or for rows that are held for it in the
   * warehouse. Rows that are here already may wait for as long as the connection lives.
   */
  boolean isAbandoned(long now, boolean online) {
    if (closed.get() || delivered || asking.isLocked()) {
      return false;
    }
    long silent = now - lastAnswer;
    if (toldToAskAgain && silent > limits.pollingStops().toNanos()) {
      return true;
    }
    if (online) {
      return !frames.hasEnded() && silent > limits.resultIdle().toNanos();
    }
    return silent > limits.clientLost().toNanos();
  }

  /** Cancels what runs and gives back what is held, without waiting for it. */
  CompletableFuture<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return CompletableFuture.runAsync(this::cancelAndEnd, background);
    } catch (RejectedExecutionException stopping) {
      cancelAndEnd();
      return CompletableFuture.completedFuture(null);
    }
  }

  private void cancelAndEnd() {
    try {
      frames.cancel();
    } finally {
      frames.end();
    }
  }
}
