package io.plumbline.server.http;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for calls, apart from those of HTTP, so that slow calls never keep sockets waiting. An
 * idle thread is taken first, then a new one is made, and only when all are busy does work wait;
 * the JDK's pool lets it wait before it makes threads.
 */
final class Workers extends ThreadPoolExecutor {

  private static final int THREADS_KEPT_SECONDS = 5;
  private static final int MOST_WAITING = 1_000;

  Workers(int most) {
    super(0, most, THREADS_KEPT_SECONDS, TimeUnit.SECONDS, new Queue());
    AtomicInteger number = new AtomicInteger();
    setThreadFactory(
        work -> {
          Thread thread = new Thread(work, "plumbline-call-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    setRejectedExecutionHandler(Workers::await);
  }

  private static void await(Runnable work, ThreadPoolExecutor pool) {
    if (pool.isShutdown() || pool.getQueue().size() >= MOST_WAITING) {
      throw new RejectedExecutionException("too many calls");
    }
    pool.getQueue().add(work);
  }

  /** Offers work to idle threads only; what the pool could not place is added. */
  private static final class Queue extends LinkedTransferQueue<Runnable> {
    @Override
    public boolean offer(Runnable work) {
      return tryTransfer(work);
    }

    @Override
    public boolean add(Runnable work) {
      return super.offer(work);
    }
  }
}
