package io.plumbline.engine.catalog;

import io.plumbline.definitions.SemanticModel;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/**
 * A model whose every expression was checked against the tables of the warehouse.
 *
 * @param datasets by name
 * @param derived by name of a derived metric
 * @param tables semantic tables with all their columns, by name
 * @param views published views by name
 * @param viewQueries what the views select, parsed
 */
public record CompiledModel(
    SemanticModel definition,
    Map<String, CompiledDataset> datasets,
    Map<String, DerivedExpression> derived,
    Map<String, SemanticCatalogTable> tables,
    Map<String, PublishedViewTable> views,
    Map<String, SqlNode> viewQueries) {

  public CompiledModel {
    datasets = Map.copyOf(datasets);
    derived = Map.copyOf(derived);
    tables = Map.copyOf(tables);
    views = Map.copyOf(views);
    viewQueries = Map.copyOf(viewQueries);
  }

  public CompiledDataset dataset(String name) {
    CompiledDataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new IllegalArgumentException("no dataset " + name);
    }
    return dataset;
  }

  /**
   * The expression of a derived metric.
   *
   * @param inputs metrics, in the order of the fields that the expression refers to
   */
  public record DerivedExpression(List<String> inputs, RexNode expression) {
    public DerivedExpression {
      inputs = List.copyOf(inputs);
    }
  }
}
