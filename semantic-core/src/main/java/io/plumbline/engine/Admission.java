package io.plumbline.engine;

import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How somebody's statements come to run: within limits, and after others that run already.
 *
 * @param roles who has the same roles shares the slots
 */
record Admission(QueryLimits limits, Set<String> roles, QuerySlots slots, Deadlines deadlines) {

  /**
   * A statement under the limits.
   *
   * @param scanRows estimates how many rows it reads with its parameters
   */
  RunningQuery limited(
      RunningQuery query, ToLongFunction<List<? extends @Nullable Object>> scanRows) {
    return limits.equals(QueryLimits.NONE) ? query : new LimitedQuery(query, this, scanRows);
  }
}
