package io.plumbline.definitions.reader;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which datasets the rows behind a metric hold the keys of. */
final class Reach {

  private final Draft draft;
  private final Map<String, Set<String>> behind = new HashMap<>();

  Reach(Draft draft) {
    this.draft = draft;
  }

  /** Those of {@code wanted} that some dataset behind the metric neither is nor joins. */
  List<String> unreached(MetricDeclaration metric, Collection<String> wanted) {
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

  /** The dataset itself, those it joins, and those whose dimensions it answers for. */
  Set<String> from(String dataset) {
    Set<String> reached = new HashSet<>(Set.of(dataset));
    Optional<Shape> shape = draft.shape(dataset);
    shape.ifPresent(s -> s.joins().forEach(join -> reached.add(join.to().text())));
    shape.stream()
        .flatMap(s -> s.dimensions().stream())
        .flatMap(dimension -> dimension.sameAs().stream())
        .forEach(other -> reached.add(other.dataset().text()));
    return reached;
  }

  /** The datasets that the metric and its inputs read. */
  Set<String> datasetsBehind(MetricDeclaration metric) {
    Set<String> known = behind.get(metric.name().text());
    if (known != null) {
      return known;
    }
    // A cycle is another rule's matter, but must end here.
    behind.put(metric.name().text(), Set.of());
    Set<String> datasets = new HashSet<>();
    metric.dataset().ifPresent(dataset -> datasets.add(dataset.text()));
    metric.inputs().stream()
        .flatMap(input -> draft.metric(input.text()).stream())
        .forEach(input -> datasets.addAll(datasetsBehind(input)));
    behind.put(metric.name().text(), datasets);
    return datasets;
  }
}
