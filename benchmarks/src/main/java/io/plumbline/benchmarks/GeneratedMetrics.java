package io.plumbline.benchmarks;

import io.plumbline.definitions.DefinitionFile;

/** Metrics as a company with many of them has: of every kind, most made of others. */
final class GeneratedMetrics {

  private GeneratedMetrics() {}

  /** Definitions of {@code generated_0}, {@code generated_1} and so on. */
  static DefinitionFile file(int metrics) {
    StringBuilder text = new StringBuilder("version: 1\nmetrics:\n");
    for (int i = 0; i < metrics; i++) {
      text.append("  - name: generated_").append(i).append('\n');
      text.append("    label: Generated ").append(i).append('\n');
      text.append("    description: Made for a benchmark, number ").append(i).append(".\n");
      text.append(kind(i)).append('\n');
    }
    return new DefinitionFile("generated.yaml", text.toString());
  }

  private static String kind(int i) {
    return switch (i % 4) {
      case 0 ->
          """
              type: snapshot
              of: subscription_intervals.mrr
              unit: currency
          """;
      case 1 ->
          """
              type: derived
              expr: generated_%d * %d
              unit: currency
          """
              .formatted(i - 1, i + 1);
      case 2 ->
          """
              type: ratio
              numerator: generated_%d
              denominator: paying_customers
              unit: currency
          """
              .formatted(i - 2);
      default ->
          """
              type: simple
              dataset: accounts
              agg: count
          """;
    };
  }
}
