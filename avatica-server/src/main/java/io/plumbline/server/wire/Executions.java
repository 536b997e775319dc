package io.plumbline.server.wire;

import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Principal;
import io.plumbline.engine.RunningQuery;
import io.plumbline.engine.RunningStatements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements in the background, so many at a time.
 *
 * <p>The threads are not bounded by themselves: a frame must be built even while other statements
 * wait for a connection of the warehouse, else those that hold the connections could not go on.
 * What is bounded is the number of executions, each of which uses one thread at most.
 */
final class Executions implements FrameSource.Listener, RunningStatements, AutoCloseable {

  /** How long a statement waits for another to end before it is refused. */
  private static final Duration TURN = Duration.ofSeconds(2);

  private static final Duration THREADS_KEPT = Duration.ofSeconds(5);

  private final WireLimits limits;
  private final Semaphore free;
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadPoolExecutor background =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          THREADS_KEPT.toSeconds(),
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          this::thread);

  /** A statement in the warehouse, and whose rights it has. */
  private record Running(Principal principal, FrameSource frames) {}

  Executions(WireLimits limits) {
    this.limits = limits;
    this.free = new Semaphore(limits.runningStatements(), true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "plumbline-statement-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a statement. */
  Execution start(
      PreparedQuery query,
      List<? extends @Nullable Object> values,
      long maxRows,
      Codec codec,
      StatementAudit audit) {
    RunningQuery execution = query.execution();
    awaitTurn();
    FrameSource frames =
        new FrameSource(execution, query.columns(), values, maxRows, codec, limits, audit, this);
    return new Execution(frames, limits, background);
  }

  private void awaitTurn() {
    boolean mine;
    try {
      mine = free.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      mine = false;
    }
    if (!mine) {
      throw Refusal.of(
          "53300",
          limits.runningStatements()
              + " statements are running, which is all this server takes; try again");
    }
  }

  @Override
  public void begins(StatementAudit statement, FrameSource frames) {
    running.put(statement.number(), new Running(statement.principal(), frames));
  }

  @Override
  public void ended(StatementAudit statement) {
    running.remove(statement.number());
    free.release();
  }

  @Override
  public boolean end(long query, Predicate<Principal> mayEnd) {
    Running found = running.get(query);
    if (found == null || !mayEnd.test(found.principal())) {
      return false;
    }
    found.frames().cancel();
    background.execute(found.frames()::endCanceled);
    return true;
  }

  int running() {
    return limits.runningStatements() - free.availablePermits();
  }

  @Override
  public void close() {
    background.shutdown();
    try {
      if (!background.awaitTermination(5, TimeUnit.SECONDS)) {
        background.shutdownNow();
      }
    } catch (InterruptedException e) {
      background.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
