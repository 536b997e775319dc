package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.engine.Session;
import io.plumbline.server.audit.AuditLog;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open connections. Once a second, what clients have left behind is released. */
final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int LONGEST_ID = 256;

  private final SessionFactory sessions;
  private final WireLimits limits;
  private final AuditLog audit;
  private final Executions executions;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ServerConnection> byId = new ConcurrentHashMap<>();
  private final ScheduledExecutorService reaper =
      Executors.newSingleThreadScheduledExecutor(Connections::reaperThread);

  Connections(SessionFactory sessions, WireLimits limits, AuditLog audit) {
    this.sessions = sessions;
    this.limits = limits;
    this.audit = audit;
    this.executions = new Executions(limits);
    var unused = reaper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  private static Thread reaperThread(Runnable work) {
    Thread thread = new Thread(work, "plumbline-reaper");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Opens a connection.
   *
   * @param proven whether something that came with the call told who calls
   */
  void open(
      String id, boolean proven, Principal principal, Map<String, String> settings, Caller caller) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw Refusal.of("08004", "a connection id has 1 to " + LONGEST_ID + " characters");
    }
    if (byId.size() >= limits.connections()) {
      throw Refusal.of("53300", "the server has " + byId.size() + " connections, which is all");
    }
    Session session = sessions.open(principal, settings);
    session.endStatementsThrough(executions);
    AuditedSession audited = AuditedSession.of(principal, caller.address(), id);
    ServerConnection connection =
        new ServerConnection(
            id, proven, session, audit, audited, executions, limits, random, caller.online());
    if (byId.putIfAbsent(id, connection) != null) {
      var unused = connection.close();
      throw Refusal.of("08002", "the connection is open already");
    }
  }

  /** The connection of a call; somebody else's is not there. */
  ServerConnection find(String id, Optional<Proven> proven, Caller caller) {
    ServerConnection connection = id == null ? null : byId.get(id);
    if (connection == null || !connection.admits(proven)) {
      throw Refusal.noConnection();
    }
    connection.touch(caller.online());
    return connection;
  }

  CompletableFuture<Void> close(ServerConnection connection) {
    byId.remove(connection.id(), connection);
    return connection.close();
  }

  /** Closes the connections of which this holds; how many. */
  int closeIf(Predicate<ServerConnection> condition) {
    List<ServerConnection> closing = byId.values().stream().filter(condition).toList();
    closing.forEach(this::close);
    return closing.size();
  }

  private void sweep() {
    try {
      long now = System.nanoTime();
      int closed = closeIf(connection -> connection.sweep(now));
      if (closed > 0) {
        LOG.debug("closed {} connections that were left by their clients", closed);
      }
    } catch (RuntimeException e) {
      LOG.error("releasing what clients left behind failed; it is tried again", e);
    }
  }

  Activity activity() {
    int statements = byId.values().stream().mapToInt(ServerConnection::statements).sum();
    return new Activity(byId.size(), statements, executions.running());
  }

  /** Cancels everything and waits until the warehouse has let go, but not for ever. */
  @Override
  public void close() {
    reaper.shutdownNow();
    CompletableFuture<?>[] closing =
        byId.values().stream().map(this::close).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.warn("some statements did not end in time", e);
    }
    executions.close();
  }
}
