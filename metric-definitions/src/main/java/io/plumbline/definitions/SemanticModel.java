package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * All definitions of one company, structurally sound: every name that one definition uses for
 * another is resolved. Expressions are checked later, by the engine, against the warehouse.
 *
 * @param version a hash of the files, told in {@code catalog}, audit and {@code explain}
 * @param unavailable canonical definitions that the company's mapping does not feed
 */
public record SemanticModel(
    String version,
    List<Dataset> datasets,
    List<Metric> metrics,
    List<SemanticTable> tables,
    List<PublishedView> views,
    List<Template> templates,
    List<Unavailable> unavailable) {

  public SemanticModel {
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
    tables = List.copyOf(tables);
    views = List.copyOf(views);
    templates = List.copyOf(templates);
    unavailable = List.copyOf(unavailable);
  }

  public SemanticModel(
      String version,
      List<Dataset> datasets,
      List<Metric> metrics,
      List<SemanticTable> tables,
      List<PublishedView> views) {
    this(version, datasets, metrics, tables, views, List.of(), List.of());
  }

  public Optional<Dataset> dataset(String name) {
    return datasets.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(m -> m.name().equals(name)).findFirst();
  }
}
