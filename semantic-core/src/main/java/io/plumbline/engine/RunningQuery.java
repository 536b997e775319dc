package io.plumbline.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that may be started once. {@link #start} blocks until the warehouse answers; {@link
 * #cancel} may be called from any thread, before, during or after it.
 */
public interface RunningQuery {

  /**
   * Runs the statement.
   *
   * @param parameters a value for each {@code ?}, null for NULL; LocalDate, LocalDateTime, Instant,
   *     BigDecimal, Long, ...
   * @param maxRows at most so many rows, 0 for all (what JDBC's setMaxRows asks for)
   */
  Rows start(List<? extends @Nullable Object> parameters, long maxRows);

  /**
   * What it will touch with these parameters, to be asked before {@link #start}; for a statement
   * that the engine answers by itself, nothing.
   */
  default QueryFacts facts(List<? extends @Nullable Object> parameters) {
    return QueryFacts.NONE;
  }

  /**
   * Cancels the statement in the warehouse, so that start or the reading of rows fails with 57014.
   */
  void cancel();
}
