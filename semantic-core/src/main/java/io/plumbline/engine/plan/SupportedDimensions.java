package io.plumbline.engine.plan;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * By which dimensions of its table a metric can be grouped: those that every dataset behind it
 * reaches, or answers with a column of its own.
 */
public final class SupportedDimensions {

  private final CompiledModel model;

  public SupportedDimensions(CompiledModel model) {
    this.model = model;
  }

  /** Their names, in the order of the table's columns; classes of entities are not among them. */
  public List<String> of(SemanticCatalogTable table, Metric metric) {
    Set<String> datasets = new LinkedHashSet<>();
    collect(metric, datasets);
    return table.columns().stream()
        .filter(SemanticColumn.Dimensional.class::isInstance)
        .map(SemanticColumn.Dimensional.class::cast)
        .filter(d -> datasets.stream().allMatch(name -> hasDimension(model.dataset(name), d)))
        .map(SemanticColumn::name)
        .toList();
  }

  private static boolean hasDimension(
      CompiledDataset dataset, SemanticColumn.Dimensional dimension) {
    return DimensionedRows.reaches(dataset, dimension.reference())
        || new Conformed(dataset).dimension(dimension).isPresent();
  }

  private void collect(String metric, Set<String> datasets) {
    collect(model.definition().metric(metric).orElseThrow(), datasets);
  }

  private void collect(Metric metric, Set<String> datasets) {
    if (metric instanceof Metric.Simple simple) {
      datasets.add(simple.dataset());
    } else if (metric instanceof Metric.OfState ofState) {
      datasets.add(ofState.state().dataset());
    } else if (metric instanceof Metric.Cumulative cumulative) {
      datasets.add(cumulative.dataset());
    } else if (metric instanceof Metric.Cohort cohort) {
      datasets.add(cohort.state().dataset());
    } else if (metric instanceof Metric.Conversion conversion) {
      datasets.add(conversion.dataset());
    } else if (metric instanceof Metric.Funnel funnel) {
      datasets.add(funnel.dataset());
    } else {
      inputs(metric).forEach(input -> collect(input, datasets));
    }
  }

  private List<String> inputs(Metric metric) {
    if (metric instanceof Metric.Ratio ratio) {
      return List.of(ratio.numerator(), ratio.denominator());
    }
    if (metric instanceof Metric.Reconciliation reconciliation) {
      return List.of(reconciliation.of(), reconciliation.against());
    }
    if (metric instanceof Metric.Derived || metric instanceof Metric.Bands) {
      return Objects.requireNonNull(model.derived().get(metric.name())).inputs().stream()
          .map(CompiledModel.DerivedInput::metric)
          .toList();
    }
    return List.of();
  }
}
