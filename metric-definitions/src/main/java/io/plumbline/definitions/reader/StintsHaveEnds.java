package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.SnapshotKind.SnapshotMetric;

/**
 * Where the end of an entity's final stint is moved: to a column of a dataset of the same entity
 * that also says when the stint ended by contract.
 */
final class StintsHaveEnds implements Rule {

  private static final String CONTRACT_END = "contract_end";

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      if (metric instanceof SnapshotMetric snapshot && snapshot.ends().isPresent()) {
        check(snapshot, snapshot.ends().get(), draft, problems);
      }
    }
  }

  private static void check(SnapshotMetric metric, Dotted ends, Draft draft, Problems problems) {
    if (draft.shape(ends.dataset().text()).isEmpty()) {
      if (!draft.isUnread(ends.dataset().text())) {
        problems.add(
            ends.dataset().at(),
            "Metric '%s' reads the unknown dataset '%s'.".formatted(metric.name(), ends.dataset()),
            Suggestion.insteadOf(ends.dataset().text(), draft.datasetNames()));
      }
      return;
    }
    Shape shape = draft.shape(ends.dataset().text()).get();
    requireColumn(metric, ends, ends.column().text(), shape, problems);
    requireColumn(metric, ends, CONTRACT_END, shape, problems);
    boolean sameEntity =
        draft
            .shape(metric.of().dataset().text())
            .flatMap(Shape::entity)
            .map(e -> e.entity().text())
            .equals(shape.entity().map(e -> e.entity().text()));
    if (!sameEntity) {
      problems.add(
          ends.dataset().at(),
          "Metric '%s' moves ends by '%s', whose rows belong to another entity than those of '%s'."
              .formatted(metric.name(), ends.dataset(), metric.of().dataset()),
          "Name a dataset of the same entity.");
    }
  }

  private static void requireColumn(
      SnapshotMetric metric, Dotted ends, String column, Shape shape, Problems problems) {
    if (shape.column(column).isEmpty()) {
      problems.add(
          ends.column().at(),
          "Metric '%s' needs the column '%s' of '%s'."
              .formatted(metric.name(), column, ends.dataset()),
          Suggestion.insteadOf(column, Draft.columnNames(shape)));
    }
  }
}
