package io.plumbline.definitions.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No metric is made of itself, however long the way round. */
final class MetricsHaveNoCycle implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    Search search = new Search(draft, problems, new HashSet<>(), new ArrayList<>());
    draft.metrics().forEach(search::visit);
  }

  /**
   * @param done metrics whose inputs were all followed
   * @param path the metrics from the start of the search to here
   */
  private record Search(Draft draft, Problems problems, Set<String> done, List<String> path) {

    void visit(MetricDeclaration metric) {
      String name = metric.name().text();
      if (done.contains(name)) {
        return;
      }
      path.add(name);
      metric.inputs().forEach(this::follow);
      path.remove(path.size() - 1);
      done.add(name);
    }

    private void follow(Name input) {
      int start = path.indexOf(input.text());
      if (start < 0) {
        draft.metric(input.text()).ifPresent(this::visit);
        return;
      }
      List<String> cycle = new ArrayList<>(path.subList(start, path.size()));
      cycle.add(input.text());
      problems.add(
          input.at(),
          "Metrics go round in a circle: %s.".formatted(String.join(" -> ", cycle)),
          "Define one of them without the others.");
    }
  }
}
