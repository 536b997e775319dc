package io.plumbline.server.wire;

import io.plumbline.engine.PreparedQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A statement that a client has opened: at most one result at a time. */
final class ServerStatement {

  private static final String NEVER_RUN = "the statement has no result. Run it again";

  private final int id;
  private final Optional<PreparedQuery> prepared;
  private final Executions executions;
  private @Nullable Execution execution;
  private String without = NEVER_RUN;
  private boolean closed;

  ServerStatement(int id, Optional<PreparedQuery> prepared, Executions executions) {
    this.id = id;
    this.prepared = prepared;
    this.executions = executions;
  }

  int id() {
    return id;
  }

  PreparedQuery prepared() {
    return prepared.orElseThrow(
        () -> Refusal.of("26000", "the statement was not prepared; prepare it first"));
  }

  /** Runs a query, ending the result before it; its first frame, perhaps without rows yet. */
  Meta.Frame run(
      PreparedQuery query,
      List<? extends @Nullable Object> values,
      long maxRows,
      Codec codec,
      StatementAudit audit) {
    Execution started;
    synchronized (this) {
      if (closed) {
        throw Refusal.of("57014", "the statement was closed");
      }
      release(NEVER_RUN);
      started = executions.start(query, values, maxRows, codec, audit);
      execution = started;
    }
    return started.frame(0, codec);
  }

  Meta.Frame fetch(long from, Codec codec) {
    return current().frame(from, codec);
  }

  private synchronized Execution current() {
    if (execution == null) {
      throw Refusal.of("24000", without);
    }
    return execution;
  }

  /** Ends the result if its client has stopped asking for it; whether it did. */
  synchronized boolean releaseIfAbandoned(long now, boolean online) {
    if (execution == null || !execution.isAbandoned(now, online)) {
      return false;
    }
    release("the result was dropped as nobody asked for its rows for a while. Run it again");
    return true;
  }

  private CompletableFuture<Void> release(String reason) {
    without = reason;
    Execution released = execution;
    execution = null;
    return released == null ? CompletableFuture.completedFuture(null) : released.close();
  }

  /** Cancels what runs; the future is done when the warehouse has let go. */
  synchronized CompletableFuture<Void> close() {
    closed = true;
    return release("the statement was closed");
  }
}
