package io.plumbline.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that request bodies may take together while they arrive. Small ones are free, since there
 * can't be enough of them to matter; of the large ones only so many are read at the same time,
 * whoever sends them.
 */
final class BodyBudget {

  private static final int FREE = 64 << 10;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** Takes so many bytes out of the budget, if they are left. */
  boolean take(long bytes) {
    if (bytes <= FREE) {
      return true;
    }
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    if (bytes > FREE) {
      taken.addAndGet(-bytes);
    }
  }
}
