package io.plumbline.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A statement under limits: it waits for a slot, is refused if it would read too much, and is
 * canceled in the warehouse when its time is over. The slot is free again when its rows are closed.
 */
final class LimitedQuery implements RunningQuery {

  private final RunningQuery query;
  private final Admission admission;
  private final ToLongFunction<List<? extends @Nullable Object>> scanRows;
  private final AtomicBoolean expired = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private Optional<ScheduledFuture<?>> deadline = Optional.empty();

  LimitedQuery(
      RunningQuery query,
      Admission admission,
      ToLongFunction<List<? extends @Nullable Object>> scanRows) {
    this.query = query;
    this.admission = admission;
    this.scanRows = scanRows;
  }

  @Override
  public Rows start(List<? extends @Nullable Object> parameters, long maxRows) {
    limits().maxConcurrentQueries().ifPresent(m -> admission.slots().take(admission.roles(), m));
    try {
      limits().maxScanRows().ifPresent(most -> refuseBeyond(most, parameters));
      deadline = limits().maxRuntime().map(d -> admission.deadlines().after(d, this::expire));
      return new LimitedRows(query.start(parameters, maxRows), this);
    } catch (QueryException e) {
      end();
      throw explained(e);
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  private void refuseBeyond(long most, List<? extends @Nullable Object> parameters) {
    long expected = scanRows.applyAsLong(parameters);
    if (expected > most) {
      throw new QueryException(
          SqlState.TOO_MANY,
          "the statement would read about "
              + expected
              + " rows; you may read "
              + most
              + ". Narrow it, by time for example");
    }
  }

  private void expire() {
    expired.set(true);
    query.cancel();
  }

  @Override
  public void cancel() {
    query.cancel();
  }

  QueryLimits limits() {
    return admission.limits();
  }

  /** A statement that was stopped says why. */
  QueryException explained(QueryException e) {
    return expired.get()
        ? new QueryException(
            SqlState.CANCELED,
            "the statement ran longer than the "
                + limits().maxRuntime().orElseThrow().toSeconds()
                + " seconds that you may use")
        : e;
  }

  void end() {
    if (ended.compareAndSet(false, true)) {
      deadline.ifPresent(d -> d.cancel(false));
      limits().maxConcurrentQueries().ifPresent(m -> admission.slots().free(admission.roles()));
    }
  }
}
