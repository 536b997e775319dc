package io.plumbline.engine;

import java.util.function.Predicate;

/** The statements that a server runs, of all its sessions. */
public interface RunningStatements {

  /**
   * Ends a statement; its client is told that it was canceled.
   *
   * @param query its number in the audit log
   * @param mayEnd by whose statement it is
   * @return whether there is such a statement, and it may be ended
   */
  boolean end(long query, Predicate<Principal> mayEnd);
}
