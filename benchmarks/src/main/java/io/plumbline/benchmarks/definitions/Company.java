package io.plumbline.benchmarks.definitions;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.GeneratedMetrics;
import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticModel;
import java.util.List;

/** Whose definitions are loaded. */
enum Company {

  /** Its own metrics and nothing else. */
  ALONE,

  /** The golden company: the canonical metrics, and its own beside them. */
  ON_CANONICAL;

  /** Reads and checks the definitions of so many metrics. */
  SemanticModel read(int metrics) throws DefinitionException {
    return switch (this) {
      case ALONE ->
          DefinitionReader.withoutCanonical().read(List.of(GeneratedMetrics.company(metrics)));
      case ON_CANONICAL -> BenchmarkEngine.model(metrics);
    };
  }

  /** Whether it can have so few metrics, two of them generated. */
  boolean canHave(int metrics) throws DefinitionException {
    return this == ALONE || read(0).metrics().size() + 2 <= metrics;
  }
}
