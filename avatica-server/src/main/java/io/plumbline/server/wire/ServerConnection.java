package io.plumbline.server.wire;

import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Principal;
import io.plumbline.engine.Session;
import io.plumbline.server.audit.AuditLog;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client's connection: one principal, one session, and the statements opened over it. */
final class ServerConnection {

  private final String id;
  private final boolean proven;
  private final Session session;
  private final AuditLog audit;
  private final AuditedSession audited;
  private final Executions executions;
  private final WireLimits limits;
  private final SecureRandom random;
  private final Map<Integer, ServerStatement> statements = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile String schema = "";
  private volatile long lastCall = System.nanoTime();
  private volatile BooleanSupplier online;

  /**
   * @param proven whether the call that opened it told by itself who sent it, by HTTP BASIC, a
   *     token or a certificate, so that every call must
   */
  ServerConnection(
      String id,
      boolean proven,
      Session session,
      AuditLog audit,
      AuditedSession audited,
      Executions executions,
      WireLimits limits,
      SecureRandom random,
      BooleanSupplier online) {
    this.id = id;
    this.proven = proven;
    this.session = session;
    this.audit = audit;
    this.audited = audited;
    this.executions = executions;
    this.limits = limits;
    this.random = random;
    this.online = online;
  }

  String id() {
    return id;
  }

  Principal principal() {
    return session.principal();
  }

  Session session() {
    return session;
  }

  /** Begins to audit a statement that has arrived. */
  StatementAudit audit(String sql) {
    return new StatementAudit(audit, audited, sql);
  }

  String schema() {
    return schema;
  }

  void setSchema(String name) {
    schema = name;
  }

  /** Whether a call with these verified credentials, or with none, may use this connection. */
  boolean admits(Optional<Proven> caller) {
    return caller.map(who -> who.principal().name().equals(principal().login())).orElse(!proven);
  }

  void touch(BooleanSupplier socket) {
    lastCall = System.nanoTime();
    online = socket;
  }

  ServerStatement addStatement(Optional<PreparedQuery> prepared) {
    if (statements.size() >= limits.statementsPerConnection()) {
      throw Refusal.of(
          "53000",
          "the connection holds "
              + statements.size()
              + " statements that were not closed;"
              + " close them");
    }
    while (true) {
      int number = random.nextInt(1, Integer.MAX_VALUE);
      ServerStatement statement = new ServerStatement(number, prepared, executions);
      if (statements.putIfAbsent(number, statement) == null) {
        return closedMeanwhile(statement);
      }
    }
  }

  private ServerStatement closedMeanwhile(ServerStatement statement) {
    if (closed.get()) {
      var unused = statement.close();
      throw Refusal.noConnection();
    }
    return statement;
  }

  /** A number for a result that comes in one frame, so that there is nothing to keep. */
  int unusedStatementId() {
    int number = random.nextInt(1, Integer.MAX_VALUE);
    return statements.containsKey(number) ? unusedStatementId() : number;
  }

  @Nullable ServerStatement statement(int number) {
    return statements.get(number);
  }

  void closeStatement(int number) {
    ServerStatement statement = statements.remove(number);
    if (statement != null) {
      var unused = statement.close();
    }
  }

  int statements() {
    return statements.size();
  }

  /**
   * Ends results that nobody asks for any more.
   *
   * @return whether the connection itself is of no use: without calls for long, or left by its
   *     client in the middle of a result
   */
  boolean sweep(long now) {
    long silent = now - lastCall;
    boolean lost = !online.getAsBoolean() && silent > limits.clientLost().toNanos();
    boolean leftInTheMiddle = false;
    for (ServerStatement statement : statements.values()) {
      leftInTheMiddle |= statement.releaseIfAbandoned(now, !lost) && lost;
    }
    return leftInTheMiddle || silent > limits.connectionIdle().toNanos();
  }

  /** The future is done when the warehouse has let go of all statements. */
  CompletableFuture<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<?>[] closing =
        statements.values().stream()
            .map(ServerStatement::close)
            .toArray(CompletableFuture<?>[]::new);
    statements.clear();
    return CompletableFuture.allOf(closing).whenComplete((done, failure) -> session.close());
  }
}
