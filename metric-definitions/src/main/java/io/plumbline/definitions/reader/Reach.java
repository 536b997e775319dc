package io.plumbline.definitions.reader;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which datasets the rows behind a metric hold the keys of. */
final class Reach {

  private final Draft draft;

  Reach(Draft draft) {
    this.draft = draft;
  }

  /** Those of {@code wanted} that some dataset behind the metric neither is nor joins. */
  List<String> unreached(MetricDraft metric, Collection<String> wanted) {
    Set<String> missing = new HashSet<>();
    for (String dataset : datasetsBehind(metric)) {
      if (draft.shape(dataset).isEmpty()) {
        continue; // That it is unknown is another rule's matter.
      }
      Set<String> reached = from(dataset);
      wanted.stream().filter(name -> !reached.contains(name)).forEach(missing::add);
    }
    return missing.stream().sorted().toList();
  }

  /** The dataset itself and those it joins. */
  Set<String> from(String dataset) {
    Set<String> reached = new HashSet<>(Set.of(dataset));
    Optional<Shape> shape = draft.shape(dataset);
    shape.ifPresent(s -> s.joins().forEach(join -> reached.add(join.to().text())));
    return reached;
  }

  /** The datasets that the metric and its inputs read. */
  Set<String> datasetsBehind(MetricDraft metric) {
    Set<String> datasets = new HashSet<>();
    collect(metric, datasets, new HashSet<>());
    return datasets;
  }

  private void collect(MetricDraft metric, Set<String> datasets, Set<String> seen) {
    // A cycle is another rule's matter, but must end here.
    if (seen.add(metric.name().text())) {
      metric.dataset().ifPresent(dataset -> datasets.add(dataset.text()));
      metric.inputs().stream()
          .flatMap(input -> draft.metric(input.text()).stream())
          .forEach(input -> collect(input, datasets, seen));
    }
  }
}
