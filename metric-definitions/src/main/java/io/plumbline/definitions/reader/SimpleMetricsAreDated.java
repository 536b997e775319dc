package io.plumbline.definitions.reader;

/** A simple metric reads a dataset whose rows happen at a time. */
final class SimpleMetricsAreDated implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof SimpleKind.SimpleMetric simple) {
        draft
            .shape(simple.datasetName().text())
            .filter(shape -> shape.time().isEmpty() && simple.time().isEmpty())
            .ifPresent(shape -> report(simple, problems));
      }
    }
  }

  private static void report(SimpleKind.SimpleMetric metric, Problems problems) {
    problems.add(
        metric.datasetName().at(),
        "Metric '%s' is simple, but the rows of '%s' have no time."
            .formatted(metric.name(), metric.datasetName()),
        "Name the column that dates them in the dataset, `time: created_at`, or read another.");
  }
}
