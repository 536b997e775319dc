package io.plumbline.engine;

import java.util.Set;

/**
 * What somebody under row filters may know of everyone: {@code aggregate(metric) at (benchmark)}.
 *
 * @param metrics their names
 * @param leastGroup how many entities a group must have to be shown
 */
public record Benchmark(Set<String> metrics, int leastGroup) {

  public Benchmark {
    metrics = Set.copyOf(metrics);
  }
}
