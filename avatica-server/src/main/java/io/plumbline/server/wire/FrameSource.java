package io.plumbline.server.wire;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import io.plumbline.engine.RunningQuery;
import io.plumbline.engine.SqlState;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Starts a statement and cuts its rows into frames. Frames are built one after the other, each on a
 * thread of its own; {@link #cancel} may come from any thread at any time.
 */
final class FrameSource {

  /** Rows between two looks at the clock. */
  private static final int CLOCK_ROWS = 64;

  private final RunningQuery query;
  private final List<ResultColumn> columns;
  private final List<? extends @Nullable Object> values;
  private final long maxRows;
  private final Codec codec;
  private final WireLimits limits;
  private final Listener listener;
  private final StatementAudit audit;

  private volatile boolean canceled;
  private @Nullable Rows rows;
  private long read;
  private boolean complete;
  private volatile boolean ended;

  /** Is told when a statement is about to run, and when nothing of it is held any more. */
  interface Listener {
    void begins(StatementAudit statement, FrameSource frames);

    void ended(StatementAudit statement);
  }

  FrameSource(
      RunningQuery query,
      List<ResultColumn> columns,
      List<? extends @Nullable Object> values,
      long maxRows,
      Codec codec,
      WireLimits limits,
      StatementAudit audit,
      Listener listener) {
    this.query = query;
    this.columns = columns;
    this.values = values;
    this.maxRows = maxRows;
    this.codec = codec;
    this.limits = limits;
    this.audit = audit;
    this.listener = listener;
  }

  Codec codec() {
    return codec;
  }

  /** The first frame: starts the statement. */
  Meta.Frame first() {
    return next(limits.firstFrameRows());
  }

  Meta.Frame next() {
    return next(limits.frameRows());
  }

  private synchronized Meta.Frame next(int most) {
    try {
      if (canceled) {
        throw isCanceled();
      }
      if (rows != null) {
        return fill(rows, most);
      }
      audit.begin(query.facts(values));
      listener.begins(audit, this);
      rows = query.start(values, maxRows);
      return fill(rows, most);
    } catch (Throwable e) {
      try {
        audit.failed(e, read);
      } finally {
        end();
      }
      throw e;
    }
  }

  /** A frame ends when it is full, and when rows come so slowly that those here should go out. */
  private Meta.Frame fill(Rows source, int most) {
    RowEncoder encoder = codec.rows(columns);
    long late = System.nanoTime() + limits.answerWithin().toNanos() / 2;
    boolean more = true;
    while (encoder.count() < most && encoder.size() < limits.frameBytes()) {
      more = source.next();
      if (!more) {
        break;
      }
      encoder.add(source);
      read++;
      if (encoder.count() % CLOCK_ROWS == 0 && System.nanoTime() > late) {
        break;
      }
    }
    if (!more) {
      complete = true;
      end();
    }
    return new Meta.Frame(0, !more, encoder.finish());
  }

  /** Waits until it is durable that the statement was asked: no row may leave before. */
  void awaitAudit() {
    audit.awaitDurable();
  }

  /** Whether all rows are read, or none will be: nothing is held in the warehouse. */
  boolean hasEnded() {
    return ended;
  }

  /** Cancels the statement in the warehouse; a frame that is being built fails. */
  void cancel() {
    canceled = true;
    query.cancel();
  }

  /** After {@link #cancel} for somebody else than its client: ends it as a canceled one. */
  synchronized void endCanceled() {
    if (!ended) {
      try {
        audit.failed(isCanceled(), read);
      } finally {
        end();
      }
    }
  }

  private static QueryException isCanceled() {
    return new QueryException(SqlState.CANCELED, "the statement was canceled");
  }

  /** Gives back what the statement holds; waits until no frame is being built. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      if (rows != null) {
        rows.close();
      }
    } finally {
      audit.ended(complete, read);
      listener.ended(audit);
    }
  }
}
