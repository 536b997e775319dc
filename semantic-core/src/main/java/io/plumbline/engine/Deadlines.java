package io.plumbline.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tells statements that their time is over. */
final class Deadlines {

  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Canceling is left to a thread of its own, since it waits for the warehouse. */
  ScheduledFuture<?> after(Duration duration, Runnable end) {
    return timer.schedule(
        () -> {
          Thread ending = new Thread(end, "deadline");
          ending.setDaemon(true);
          ending.start();
        },
        duration.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
