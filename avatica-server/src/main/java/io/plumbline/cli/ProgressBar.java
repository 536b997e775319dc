package io.plumbline.cli;

import io.plumbline.demo.ProgressListener;
import java.util.Locale;

/**
 * Draws how far a load has come: a bar in its own line on a terminal, a line for each tenth
 * elsewhere. Nothing is drawn within the first second.
 */
final class ProgressBar implements ProgressListener {

  private static final int WIDTH = 30;
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;

  private final Terminal terminal;
  private final long start = System.nanoTime();
  private long drawn = start + QUIET_NANOS - REDRAW_NANOS;
  private int tenths;
  private boolean open;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void progress(String step, double fraction) {
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    if (terminal.interactive()) {
      drawn = now;
      open = true;
      terminal.err().print("\r" + line(step, fraction));
      terminal.err().flush();
    } else if ((int) (fraction * 10) > tenths) {
      drawn = now;
      tenths = (int) (fraction * 10);
      terminal.err().println(line(step, fraction).stripTrailing());
    }
  }

  private static String line(String step, double fraction) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, fraction)) * WIDTH);
    return String.format(
        Locale.ROOT,
        "  [%s%s] %3.0f %%  %-40.40s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        fraction * 100,
        step);
  }

  /** Ends the bar's line, if there is one. */
  void finish() {
    if (open) {
      terminal.err().println("\r" + line("done", 1));
    }
  }
}
