package io.plumbline.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * How much somebody may ask of the warehouse; what is empty is not limited.
 *
 * @param maxScanRows rows that the warehouse expects to read
 * @param maxRuntime from the start to the last row
 * @param maxConcurrentQueries of all who have the same roles
 * @param maxResultRows rows of a result; more are an error
 */
public record QueryLimits(
    Optional<Long> maxScanRows,
    Optional<Duration> maxRuntime,
    Optional<Integer> maxConcurrentQueries,
    Optional<Long> maxResultRows) {

  /** No limit. */
  public static final QueryLimits NONE =
      new QueryLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What somebody with both roles may do: the wider of the two. */
  public QueryLimits wider(QueryLimits other) {
    return new QueryLimits(
        wider(maxScanRows, other.maxScanRows, Math::max),
        wider(maxRuntime, other.maxRuntime, (a, b) -> a.compareTo(b) < 0 ? b : a),
        wider(maxConcurrentQueries, other.maxConcurrentQueries, Math::max),
        wider(maxResultRows, other.maxResultRows, Math::max));
  }

  private static <T> Optional<T> wider(Optional<T> a, Optional<T> b, BinaryOperator<T> max) {
    return a.isEmpty() || b.isEmpty() ? Optional.empty() : Optional.of(max.apply(a.get(), b.get()));
  }
}
