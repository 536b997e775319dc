package io.plumbline.definitions.reader;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every metric that a table lists can be cut by every dimension of the table. */
final class TableMetricsHaveDimensions implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    Reach reach = new Reach(draft);
    for (TableDeclaration table : draft.tables()) {
      Set<String> wanted =
          table.dimensions().stream()
              .map(pick -> pick.dataset().text())
              .filter(dataset -> draft.shape(dataset).isPresent())
              .collect(Collectors.toSet());
      for (Name name : table.metrics()) {
        Optional<MetricDeclaration> metric = draft.metric(name.text());
        metric.ifPresent(m -> check(table, name, reach.unreached(m, wanted), problems));
      }
    }
  }

  private static void check(
      TableDeclaration table, Name metric, List<String> unreached, Problems problems) {
    if (!unreached.isEmpty()) {
      problems.add(
          metric.at(),
          "Metric '%s' can't be cut by the dimensions of '%s' in the table '%s'."
              .formatted(metric, String.join("', '", unreached), table.name()),
          "Declare a join from its dataset, or put the metric into another table.");
    }
  }
}
