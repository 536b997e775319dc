package io.plumbline.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changed rules into force while a server runs, all files together or none.
 *
 * <p>The files are looked at every second, not watched: that works on every file system and for
 * mounted folders. A change is taken up once the files have rested for a second, so that a
 * half-written folder is not.
 */
final class RuleWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

  private final RuleFiles files;
  private final GovernedServer server;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RuleWatch::thread);
  private String inForce;
  private String lastSeen;

  private RuleWatch(RuleFiles files, GovernedServer server, String inForce) {
    this.files = files;
    this.server = server;
    this.inForce = inForce;
    this.lastSeen = inForce;
  }

  /**
   * Begins to watch.
   *
   * @param inForce the fingerprint of the files that the server was started with
   */
  static RuleWatch start(RuleFiles files, GovernedServer server, String inForce) {
    RuleWatch watch = new RuleWatch(files, server, inForce);
    watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rule-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Never throws: an exception would end the schedule. */
  private void look() {
    try {
      String now = files.fingerprint();
      boolean rested = now.equals(lastSeen);
      lastSeen = now;
      if (rested && !now.equals(inForce)) {
        inForce = now;
        reload();
      }
    } catch (RuntimeException e) {
      LOG.error("the changed files can't be taken up; the old rules stay in force", e);
    }
  }

  private void reload() {
    try {
      Rulebook rules = read();
      server.reload(rules);
      LOG.info("reloaded: definitions {}", rules.model().version());
    } catch (ProblemsException e) {
      LOG.error("the old rules stay in force, since the changed files have problems:");
      e.problems().forEach(problem -> LOG.error("  {}", problem));
    }
  }

  private Rulebook read() throws ProblemsException {
    try {
      return files.read();
    } catch (ProblemsException e) {
      server.refused(e);
      throw e;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
