package io.plumbline.definitions.reader;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.definitions.SemanticTable;
import io.plumbline.definitions.SemanticTable.ClassColumn;
import io.plumbline.definitions.SemanticTable.DimensionReference;
import io.plumbline.definitions.reader.TableDeclaration.Pick;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the model out of a draft that every rule has passed, without what is unavailable. */
final class Assembly {

  private final Draft draft;
  private final Availability availability;
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  Assembly(Draft draft) {
    this.draft = draft;
    this.availability = new Availability(draft);
  }

  SemanticModel model(String version) {
    draft.metrics().forEach(this::build);
    DatasetAssembly datasets = new DatasetAssembly(draft);
    return new SemanticModel(
        version,
        draft.datasets().stream().map(datasets::dataset).toList(),
        draft.metrics().stream().flatMap(this::built).toList(),
        draft.tables().stream().map(this::table).filter(this::tellsOfData).toList(),
        draft.views().stream().filter(this::isFed).map(ViewDeclaration::view).toList(),
        draft.templates().stream().map(TemplateDeclaration::template).toList(),
        availability.unavailable());
  }

  /** The length of periods alone is nothing to ask for. */
  private boolean tellsOfData(SemanticTable table) {
    return table.metrics().stream()
        .anyMatch(metric -> !(metrics.get(metric) instanceof Metric.Duration));
  }

  /** Inputs first: a derived metric takes its additivity from them. */
  private void build(MetricDeclaration metric) {
    if (availability.isAvailable(metric.name().text()) && !isBuilt(metric)) {
      metric.inputs().forEach(input -> draft.metric(input.text()).ifPresent(this::build));
      metrics.put(metric.name().text(), metric.build(metrics));
    }
  }

  private boolean isBuilt(MetricDeclaration metric) {
    return metrics.containsKey(metric.name().text());
  }

  private Stream<Metric> built(MetricDeclaration metric) {
    return Stream.ofNullable(metrics.get(metric.name().text()));
  }

  private SemanticTable table(TableDeclaration table) {
    List<DimensionReference> dimensions = dimensionsOf(table);
    boolean keyed = dimensions.stream().anyMatch(DimensionReference::entityKey);
    return new SemanticTable(
        table.name().text(),
        table.description(),
        metricsOf(table),
        dimensions,
        classesOf(table),
        table.time().text(),
        table.entity().filter(entity -> keyed).map(Name::text),
        table.name().at());
  }

  private List<String> metricsOf(TableDeclaration table) {
    Set<String> datasets = new HashSet<>();
    table.dimensions().forEach(pick -> datasets.add(pick.dataset().text()));
    Reach reach = new Reach(draft);
    Stream<String> names =
        table.allMetrics()
            ? draft.metrics().stream()
                .filter(metric -> !(metric instanceof CohortKind.CohortMetric))
                .filter(metric -> reach.unreached(metric, datasets).isEmpty())
                .map(metric -> metric.name().text())
            : table.metrics().stream().map(Name::text);
    return names.filter(metrics::containsKey).toList();
  }

  /** A class goes away with any of the metrics that it is made of. */
  private List<ClassColumn> classesOf(TableDeclaration table) {
    return table.classes().stream()
        .filter(c -> c.inputs().stream().allMatch(input -> metrics.containsKey(input.text())))
        .map(c -> new ClassColumn(c.name().text(), c.label(), c.description(), c.expression()))
        .toList();
  }

  private List<DimensionReference> dimensionsOf(TableDeclaration table) {
    List<DimensionReference> references = new ArrayList<>();
    for (Pick pick : table.dimensions()) {
      for (PickedDimension picked : PickedDimension.of(pick, draft)) {
        if (draft.isBound(picked.dataset(), picked.dimension().column().text())) {
          references.add(picked.reference(table, draft));
        }
      }
    }
    return references;
  }

  private boolean isFed(ViewDeclaration view) {
    return view.needs().stream().allMatch(metric -> metrics.containsKey(metric.text()));
  }
}
