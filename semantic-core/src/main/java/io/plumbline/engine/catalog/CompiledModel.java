package io.plumbline.engine.catalog;

import io.plumbline.definitions.SemanticModel;
import io.plumbline.definitions.TimeShift;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/**
 * A model whose every expression was checked against the tables of the warehouse.
 *
 * @param datasets by name
 * @param derived the expressions over other metrics, by name of the metric that has one
 * @param simple by name of a simple or cumulative metric
 * @param snapshotFilters rows that count, by name of a snapshot that does not count all, over the
 *     columns of its dataset in order of declaration
 * @param tables semantic tables with all their columns, by name
 * @param views published views by name
 * @param viewQueries what the views select, parsed
 */
public record CompiledModel(
    SemanticModel definition,
    Map<String, CompiledDataset> datasets,
    Map<String, DerivedExpression> derived,
    Map<String, SimpleExpressions> simple,
    Map<String, RexNode> snapshotFilters,
    Map<String, SemanticCatalogTable> tables,
    Map<String, PublishedViewTable> views,
    Map<String, SqlNode> viewQueries) {

  public CompiledModel {
    datasets = Map.copyOf(datasets);
    derived = Map.copyOf(derived);
    simple = Map.copyOf(simple);
    snapshotFilters = Map.copyOf(snapshotFilters);
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
  public record DerivedExpression(List<DerivedInput> inputs, RexNode expression) {
    public DerivedExpression {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A metric that a derived one reads.
   *
   * @param at how much earlier; empty for the same period
   */
  public record DerivedInput(String metric, Optional<TimeShift> at) {}

  /**
   * The expressions of a simple or cumulative metric, over the columns of its dataset in order of
   * declaration.
   *
   * @param value what is aggregated; empty to count rows
   * @param filter rows that count; empty for all
   */
  public record SimpleExpressions(Optional<RexNode> value, Optional<RexNode> filter) {}
}
