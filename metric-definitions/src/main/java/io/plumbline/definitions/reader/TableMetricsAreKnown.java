package io.plumbline.definitions.reader;

import java.util.ArrayList;
import java.util.List;

/** A table lists metrics that exist, and its classes are made of such. */
final class TableMetricsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (TableDeclaration table : draft.tables()) {
      for (Name metric : metrics(table)) {
        if (draft.metric(metric.text()).isEmpty() && !draft.isUnread(metric.text())) {
          problems.add(
              metric.at(),
              "Table '%s' lists the unknown metric '%s'.".formatted(table.name(), metric),
              Suggestion.insteadOf(metric.text(), draft.metricNames()));
        }
      }
    }
  }

  private static List<Name> metrics(TableDeclaration table) {
    List<Name> metrics = new ArrayList<>(table.metrics());
    table.classes().forEach(column -> metrics.addAll(column.inputs()));
    return metrics;
  }
}
