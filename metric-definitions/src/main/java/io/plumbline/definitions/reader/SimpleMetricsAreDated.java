package io.plumbline.definitions.reader;

/** A simple or cumulative metric reads a dataset whose rows happen at a time. */
final class SimpleMetricsAreDated implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof SimpleKind.SimpleMetric simple) {
        draft
            .shape(simple.datasetName().text())
            .filter(shape -> shape.time().isEmpty() && simple.time().isEmpty())
            .ifPresent(shape -> report(simple, simple.datasetName(), "simple", problems));
      } else if (metric instanceof CumulativeKind.CumulativeMetric cumulative) {
        draft
            .shape(cumulative.rows().dataset().text())
            .filter(shape -> shape.time().isEmpty())
            .ifPresent(
                shape -> report(cumulative, cumulative.rows().dataset(), "cumulative", problems));
      }
    }
  }

  private static void report(
      MetricDeclaration metric, Name dataset, String kind, Problems problems) {
    problems.add(
        dataset.at(),
        "Metric '%s' is %s, but the rows of '%s' have no time."
            .formatted(metric.name(), kind, dataset),
        "Name the column that dates them in the dataset, `time: created_at`, or read another.");
  }
}
