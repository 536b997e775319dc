package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.reader.SqlTokens.ColumnUse;
import java.util.Optional;

/** A metric reads a dataset that exists, and only columns of it. */
final class MetricColumnsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (MetricDeclaration metric : draft.metrics()) {
      metric.dataset().ifPresent(dataset -> check(metric, dataset, draft, problems));
    }
  }

  private static void check(
      MetricDeclaration metric, Name dataset, Draft draft, Problems problems) {
    Optional<Shape> shape = draft.shape(dataset.text());
    if (shape.isEmpty() && !draft.isUnread(dataset.text())) {
      problems.add(
          dataset.at(),
          "Metric '%s' reads the unknown dataset '%s'.".formatted(metric.name(), dataset),
          Suggestion.insteadOf(dataset.text(), draft.datasetNames()));
    }
    shape.ifPresent(s -> check(metric, dataset, s, problems));
  }

  private static void check(
      MetricDeclaration metric, Name dataset, Shape shape, Problems problems) {
    metric.columns().forEach(column -> requireColumn(metric, dataset, shape, column, problems));
    for (Expression expression : metric.expressions()) {
      for (ColumnUse use : SqlTokens.of(expression).columns()) {
        Optional<Name> other = use.dataset().filter(d -> !d.text().equals(dataset.text()));
        if (other.isPresent()) {
          problems.add(
              other.get().at(),
              "Metric '%s' reads '%s' and can't reach '%s'."
                  .formatted(metric.name(), dataset, other.get()),
              "Name columns of '%s' only.".formatted(dataset));
        } else {
          requireColumn(metric, dataset, shape, use.column(), problems);
        }
      }
    }
  }

  private static void requireColumn(
      MetricDeclaration metric, Name dataset, Shape shape, Name column, Problems problems) {
    if (shape.column(column.text()).isEmpty()) {
      problems.add(
          column.at(),
          "Metric '%s' refers to the unknown column '%s' of '%s'."
              .formatted(metric.name(), column, dataset),
          Suggestion.insteadOf(column.text(), Draft.columnNames(shape)));
    }
  }
}
