package io.plumbline.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Says on standard error what takes long, so that standard output holds results only.
 *
 * @param interactive whether a line may be written over
 */
record Terminal(PrintStream err, boolean interactive) {

  /** Set by the launcher, since Java 17 can't ask whether standard error is a terminal. */
  static Terminal system() {
    return new Terminal(System.err, Boolean.getBoolean("plumbline.interactive"));
  }

  /** Something that is done step by step or as a whole. */
  interface Work<T> {
    T run() throws Exception;
  }

  /** Announces a piece of work, and says how long it took when it took a second. */
  <T> T step(String what, Work<T> work) throws Exception {
    err.println(what + " ...");
    long start = System.nanoTime();
    T result = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (seconds >= 1) {
      err.println(String.format(Locale.ROOT, "  %.1f s", seconds));
    }
    return result;
  }
}
