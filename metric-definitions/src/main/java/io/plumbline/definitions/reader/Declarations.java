package io.plumbline.definitions.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the files declare, in their order, before anything is looked up. */
final class Declarations {

  private final List<ContractDeclaration> contracts = new ArrayList<>();
  private final List<DatasetDeclaration> datasets = new ArrayList<>();
  private final List<MetricDeclaration> metrics = new ArrayList<>();
  private final List<TableDeclaration> tables = new ArrayList<>();
  private final List<ViewDeclaration> views = new ArrayList<>();
  private final Set<String> unread = new HashSet<>();

  void add(ContractDeclaration contract) {
    contracts.add(contract);
  }

  void add(DatasetDeclaration dataset) {
    datasets.add(dataset);
  }

  void add(MetricDeclaration metric) {
    metrics.add(metric);
  }

  void add(TableDeclaration table) {
    tables.add(table);
  }

  void add(ViewDeclaration view) {
    views.add(view);
  }

  /** Remembers a name whose definition could not be read, so that its uses are no problem too. */
  void addUnread(String name) {
    unread.add(name);
  }

  Draft draft() {
    return new Draft(contracts, datasets, metrics, tables, views, unread);
  }
}
