package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** All declarations of a load, with what rules and assembly look up in them. */
final class Draft {

  private final List<ContractDeclaration> contracts;
  private final List<DatasetDeclaration> datasets;
  private final List<MetricDeclaration> metrics;
  private final Map<String, MetricDeclaration> replaced;
  private final List<TableDeclaration> tables;
  private final List<ViewDeclaration> views;
  private final List<TemplateDeclaration> templates;
  private final Set<String> unread;
  private final Map<String, ContractDeclaration> contractsByName;
  private final Map<String, DatasetDeclaration> datasetsByName;
  private final Map<String, MetricDeclaration> metricsByName;
  private final Map<DatasetDeclaration, Shape> shapes = new IdentityHashMap<>();

  Draft(
      List<ContractDeclaration> contracts,
      List<DatasetDeclaration> datasets,
      List<MetricDeclaration> metrics,
      Map<String, MetricDeclaration> replaced,
      List<TableDeclaration> tables,
      List<ViewDeclaration> views,
      List<TemplateDeclaration> templates,
      Set<String> unread) {
    this.contracts = List.copyOf(contracts);
    this.datasets = List.copyOf(datasets);
    this.metrics = List.copyOf(metrics);
    this.replaced = Map.copyOf(replaced);
    this.tables = List.copyOf(tables);
    this.views = List.copyOf(views);
    this.templates = List.copyOf(templates);
    this.unread = Set.copyOf(unread);
    this.contractsByName = byName(contracts, c -> c.name().text());
    this.datasetsByName = byName(datasets, d -> d.name().text());
    this.metricsByName = byName(metrics, m -> m.name().text());
    this.datasets.forEach(dataset -> shapes.put(dataset, merged(dataset)));
  }

  /** Of two definitions of a name the first counts; that there are two is another rule's matter. */
  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    Map<String, T> map = new LinkedHashMap<>();
    items.forEach(item -> map.putIfAbsent(name.apply(item), item));
    return map;
  }

  List<ContractDeclaration> contracts() {
    return contracts;
  }

  List<DatasetDeclaration> datasets() {
    return datasets;
  }

  List<MetricDeclaration> metrics() {
    return metrics;
  }

  List<TableDeclaration> tables() {
    return tables;
  }

  List<ViewDeclaration> views() {
    return views;
  }

  List<TemplateDeclaration> templates() {
    return templates;
  }

  Optional<ContractDeclaration> contract(String name) {
    return Optional.ofNullable(contractsByName.get(name));
  }

  Optional<ContractDeclaration> contractOf(DatasetDeclaration dataset) {
    return dataset.contract().flatMap(name -> contract(name.text()));
  }

  Optional<DatasetDeclaration> dataset(String name) {
    return Optional.ofNullable(datasetsByName.get(name));
  }

  Optional<MetricDeclaration> metric(String name) {
    return Optional.ofNullable(metricsByName.get(name));
  }

  /** The canonical metric whose place a metric of that name has taken. */
  Optional<MetricDeclaration> replaced(String name) {
    return Optional.ofNullable(replaced.get(name));
  }

  Set<String> metricNames() {
    return metricsByName.keySet();
  }

  /** Whether a definition of that name was there but could not be read, which was reported. */
  boolean isUnread(String name) {
    return unread.contains(name);
  }

  /** What is known of a dataset's rows: its own shape on top of its contract's. */
  Shape shapeOf(DatasetDeclaration dataset) {
    Shape shape = shapes.get(dataset);
    return shape == null ? merged(dataset) : shape;
  }

  private Shape merged(DatasetDeclaration dataset) {
    return contractOf(dataset)
        .map(contract -> contract.shape().plus(dataset.shape()))
        .orElse(dataset.shape());
  }

  /** The shape of a dataset, or of a contract that the company does not map. */
  Optional<Shape> shape(String name) {
    return dataset(name)
        .map(this::shapeOf)
        .or(() -> contract(name).map(ContractDeclaration::shape));
  }

  /** Names that a metric, join or table may use for a dataset. */
  Collection<String> datasetNames() {
    Set<String> names = new TreeSet<>(datasetsByName.keySet());
    names.addAll(contractsByName.keySet());
    return names;
  }

  /** Whether the dataset exists and has a source for the column. */
  boolean isBound(String dataset, String column) {
    return dataset(dataset).flatMap(d -> d.binding(column)).isPresent();
  }

  static List<String> columnNames(Shape shape) {
    return shape.columns().stream().map(ShapeColumn::name).map(Name::text).toList();
  }
}
