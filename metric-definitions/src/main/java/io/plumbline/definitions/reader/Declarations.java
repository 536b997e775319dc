package io.plumbline.definitions.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the files declare, in their order, before anything is looked up. */
final class Declarations {

  private final List<ContractDeclaration> contracts = new ArrayList<>();
  private final List<DatasetDeclaration> datasets = new ArrayList<>();
  private final List<MetricDeclaration> metrics = new ArrayList<>();
  private int canonicalMetrics;
  private final List<TableDeclaration> tables = new ArrayList<>();
  private final List<ViewDeclaration> views = new ArrayList<>();
  private final List<TemplateDeclaration> templates = new ArrayList<>();
  private final Map<String, MetricDeclaration> replaced = new LinkedHashMap<>();
  private final Set<String> unread = new HashSet<>();

  void add(ContractDeclaration contract) {
    contracts.add(contract);
  }

  void add(DatasetDeclaration dataset) {
    datasets.add(dataset);
  }

  /** A metric that replaces a canonical one stands in its place; else at the end. */
  void add(MetricDeclaration metric) {
    int place = metric.header().replaces().isPresent() ? canonical(metric.name()) : -1;
    if (place >= 0) {
      replaced.putIfAbsent(metric.name().text(), metrics.set(place, metric));
    } else {
      metrics.add(metric);
    }
  }

  /** The place of the canonical metric of that name, unless something has replaced it. */
  private int canonical(Name name) {
    for (int i = 0; i < canonicalMetrics; i++) {
      boolean same = metrics.get(i).name().text().equals(name.text());
      if (same && !replaced.containsKey(name.text())) {
        return i;
      }
    }
    return -1;
  }

  /** What was declared so far is canonical; what comes may replace it. */
  void endOfCanonical() {
    canonicalMetrics = metrics.size();
  }

  void add(TableDeclaration table) {
    tables.add(table);
  }

  void add(ViewDeclaration view) {
    views.add(view);
  }

  void add(TemplateDeclaration template) {
    templates.add(template);
  }

  /** Remembers a name whose definition could not be read, so that its uses are no problem too. */
  void addUnread(String name) {
    unread.add(name);
  }

  Draft draft() {
    return new Draft(contracts, datasets, metrics, replaced, tables, views, templates, unread);
  }
}
