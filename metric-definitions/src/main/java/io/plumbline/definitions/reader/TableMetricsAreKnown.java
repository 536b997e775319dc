package io.plumbline.definitions.reader;

/** A table lists metrics that exist. */
final class TableMetricsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (TableDeclaration table : draft.tables()) {
      for (Name metric : table.metrics()) {
        if (draft.metric(metric.text()).isEmpty() && !draft.isUnread(metric.text())) {
          problems.add(
              metric.at(),
              "Table '%s' lists the unknown metric '%s'.".formatted(table.name(), metric),
              Suggestion.insteadOf(metric.text(), draft.metricNames()));
        }
      }
    }
  }
}
