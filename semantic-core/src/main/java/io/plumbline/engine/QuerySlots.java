package io.plumbline.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How many statements run at once, by roles; one too many waits a moment for another to end. */
final class QuerySlots {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Map<Set<String>, Integer> running = new HashMap<>();

  /**
   * Takes a slot.
   *
   * @throws QueryException if none gets free
   */
  synchronized void take(Set<String> roles, int most) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (running.getOrDefault(roles, 0) >= most) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new QueryException(
            SqlState.TOO_MANY,
            "you have " + most + " statements running, which is the most; end one and try again");
      }
      await(left);
    }
    running.merge(roles, 1, Integer::sum);
  }

  private void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(SqlState.CANCELED, "the statement was canceled");
    }
  }

  synchronized void free(Set<String> roles) {
    running.merge(roles, -1, Integer::sum);
    running.remove(roles, 0);
    notifyAll();
  }
}
