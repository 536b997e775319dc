package io.plumbline.definitions.reader;

import io.plumbline.definitions.Unavailable;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.SqlTokens.ColumnUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the company's mappings feed. A contract may be left out, and so may an optional column; what
 * needs them goes away, and this says why.
 */
final class Availability {

  private final Draft draft;
  private final Map<String, Optional<String>> reasons = new HashMap<>();

  /**
   * @param draft without cycles of metrics
   */
  Availability(Draft draft) {
    this.draft = draft;
  }

  boolean isAvailable(String metric) {
    return whyNot(metric).isEmpty();
  }

  List<Unavailable> unavailable() {
    List<Unavailable> all = new ArrayList<>();
    draft.datasets().forEach(dataset -> addDimensions(dataset, all));
    for (MetricDeclaration metric : draft.metrics()) {
      String name = metric.name().text();
      whyNot(name).ifPresent(because -> all.add(new Unavailable("metric", name, because)));
    }
    draft.tables().forEach(table -> addTable(table, all));
    draft.views().forEach(view -> addView(view, all));
    return List.copyOf(all);
  }

  private Optional<String> whyNot(String metric) {
    Optional<String> known = reasons.get(metric);
    if (known == null) {
      known = draft.metric(metric).flatMap(this::reason);
      reasons.put(metric, known);
    }
    return known;
  }

  private Optional<String> reason(MetricDeclaration metric) {
    Stream<String> inputs =
        metric.inputs().stream()
            .map(Name::text)
            .filter(input -> !isAvailable(input))
            .map("it needs the metric '%s'"::formatted);
    Stream<String> own = metric.dataset().stream().flatMap(d -> lacks(metric, d.text()));
    Stream<String> others =
        metric.others().stream().flatMap(o -> lacks(o.dataset().text(), Stream.of(o.column())));
    return Stream.of(inputs, own, others).flatMap(s -> s).findFirst();
  }

  private Stream<String> lacks(MetricDeclaration metric, String dataset) {
    Stream<Name> used =
        metric.expressions().stream()
            .flatMap(expression -> SqlTokens.of(expression).columns().stream())
            .map(ColumnUse::column);
    Stream<Name> named = Stream.concat(metric.columns().stream(), bounds(metric, dataset));
    return lacks(dataset, Stream.concat(named, used));
  }

  /** A state needs to know from when to when rows hold, even where the contract leaves it open. */
  private Stream<Name> bounds(MetricDeclaration metric, String dataset) {
    return metric instanceof SnapshotKind.SnapshotMetric
        ? draft
            .shape(dataset)
            .flatMap(Shape::validity)
            .map(bounds -> Stream.of(bounds.from(), bounds.to()))
            .orElse(Stream.of())
        : Stream.of();
  }

  private Stream<String> lacks(String dataset, Stream<Name> columns) {
    if (draft.dataset(dataset).isEmpty()) {
      return Stream.of("no dataset implements '%s'".formatted(dataset));
    }
    return columns
        .map(Name::text)
        .filter(column -> !draft.isBound(dataset, column))
        .map(column -> "the dataset '%s' does not map '%s'".formatted(dataset, column));
  }

  private void addDimensions(DatasetDeclaration dataset, List<Unavailable> all) {
    String name = dataset.name().text();
    for (ShapeDimension dimension : draft.shapeOf(dataset).dimensions()) {
      String column = dimension.column().text();
      if (!draft.isBound(name, column)) {
        String because = "the dataset '%s' does not map '%s'".formatted(name, column);
        all.add(new Unavailable("dimension", name + "." + dimension.name(), because));
      }
    }
  }

  private void addTable(TableDeclaration table, List<Unavailable> all) {
    boolean some =
        table.allMetrics() || table.metrics().stream().anyMatch(m -> isAvailable(m.text()));
    if (!some) {
      all.add(new Unavailable("table", table.name().text(), "none of its metrics is available"));
    }
  }

  private void addView(ViewDeclaration view, List<Unavailable> all) {
    view.needs().stream()
        .filter(metric -> !isAvailable(metric.text()))
        .findFirst()
        .map("it needs the metric '%s'"::formatted)
        .ifPresent(because -> all.add(new Unavailable("view", view.view().name(), because)));
  }
}
