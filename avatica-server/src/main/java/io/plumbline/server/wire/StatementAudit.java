package io.plumbline.server.wire;

import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryFacts;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.TaggedColumn;
import io.plumbline.server.audit.AuditEvent;
import io.plumbline.server.audit.AuditLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The audit of one run of a statement: written before it runs, durable before anything of it leaves
 * the server, and ended once. While it runs the disk does its work, so that a statement hardly
 * waits for it.
 */
final class StatementAudit {

  private final AuditLog log;
  private final AuditedSession session;
  private final String sql;
  private final long arrived = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long begun;

  StatementAudit(AuditLog log, AuditedSession session, String sql) {
    this.log = log;
    this.session = session;
    this.sql = sql;
  }

  /**
   * The statement is about to run.
   *
   * @throws io.plumbline.server.audit.AuditUnavailableException if that can't be written; then it
   *     must not run
   */
  void begin(QueryFacts facts) {
    List<String> tagged = facts.tagged().stream().map(TaggedColumn::name).toList();
    List<String> classifications =
        facts.tagged().stream()
            .map(TaggedColumn::classification)
            .filter(c -> !c.isEmpty())
            .distinct()
            .sorted()
            .toList();
    begun =
        log.append(
            new AuditEvent.StatementBegun(
                session.principal().name(),
                session.principal().roles().stream().sorted().toList(),
                session.principal().by().orElse(""),
                session.address(),
                session.connection(),
                sql,
                facts.tables(),
                tagged,
                classifications,
                facts.policies(),
                facts.tagged().stream().anyMatch(TaggedColumn::audited),
                String.join(", ", facts.templates())));
  }

  /** The statement's number in the log; 0 before it has begun. */
  long number() {
    return begun;
  }

  Principal principal() {
    return session.principal();
  }

  /** Waits until it is durable that the statement was asked. */
  void awaitDurable() {
    log.await(begun);
  }

  /** All rows were read, or the client wanted no more of them. */
  void ended(boolean complete, long rows) {
    end(complete ? "completed" : "closed", "", rows);
  }

  /**
   * The statement failed, or was refused before it ran. Its client learns of it when that is
   * durable.
   */
  void failed(Throwable cause, long rows) {
    if (ended.get()) {
      return;
    }
    boolean refused = begun == 0;
    if (refused) {
      begin(QueryFacts.NONE);
    }
    String sqlState = Failure.sqlStateOf(cause);
    boolean canceled = sqlState.equals(SqlState.CANCELED.code());
    end(canceled ? "canceled" : refused ? "refused" : "failed", sqlState, rows);
    awaitDurable();
  }

  private void end(String outcome, String sqlState, long rows) {
    if (begun != 0 && ended.compareAndSet(false, true)) {
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - arrived);
      log.note(new AuditEvent.StatementEnded(begun, outcome, sqlState, rows, micros));
    }
  }
}
