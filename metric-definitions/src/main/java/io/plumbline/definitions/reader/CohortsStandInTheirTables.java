package io.plumbline.definitions.reader;

/**
 * A cohort metric follows a snapshot, and stands in a table of cohorts that begin alike: its rows
 * have the age of a cohort instead of time.
 */
final class CohortsStandInTheirTables implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof CohortKind.CohortMetric cohort) {
        draft
            .metric(cohort.of().text())
            .filter(of -> !(of instanceof SnapshotKind.SnapshotMetric))
            .ifPresent(of -> reportInput(cohort, problems));
      }
    }
    draft.tables().forEach(table -> check(table, draft, problems));
  }

  private static void reportInput(CohortKind.CohortMetric metric, Problems problems) {
    problems.add(
        metric.of().at(),
        "Metric '%s' follows '%s', which is no snapshot.".formatted(metric.name(), metric.of()),
        "Name a metric of type snapshot.");
  }

  private static void check(TableDeclaration table, Draft draft, Problems problems) {
    long kinds =
        table.metrics().stream()
            .flatMap(name -> draft.metric(name.text()).stream())
            .map(m -> m instanceof CohortKind.CohortMetric c ? c.begin().name() : "")
            .distinct()
            .count();
    boolean cohorts =
        table.metrics().stream()
            .flatMap(name -> draft.metric(name.text()).stream())
            .anyMatch(CohortKind.CohortMetric.class::isInstance);
    if (cohorts && kinds > 1) {
      problems.add(
          table.name().at(),
          "Table '%s' mixes cohorts with metrics that are not of the same cohorts."
              .formatted(table.name()),
          "Give each kind of cohort a table of its own.");
    }
  }
}
