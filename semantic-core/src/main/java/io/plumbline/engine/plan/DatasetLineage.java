package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledDataset.CompiledSource;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexNode;

/** Where the columns of datasets come from. */
public final class DatasetLineage {

  /** For plans without datasets. */
  static final DatasetLineage NONE = new DatasetLineage(Map.of());

  private static final String RATES = "fx_rates";

  private final Map<String, Map<String, DatasetColumn>> columns;

  private DatasetLineage(Map<String, Map<String, DatasetColumn>> columns) {
    this.columns = Map.copyOf(columns);
  }

  /** Follows the columns of every dataset of a model. */
  public static DatasetLineage of(
      CompiledModel model, WarehouseCatalog tables, QueryCompiler compiler) {
    QueryCompiler.Compilation sources =
        compiler.compilation(VisibleCatalog.everything(tables, model).root(), VisibleCatalog.PATH);
    Map<String, Map<String, DatasetColumn>> columns = new HashMap<>();
    model.datasets().forEach((name, dataset) -> columns.put(name, columns(dataset, sources)));
    return new DatasetLineage(columns);
  }

  private static Map<String, DatasetColumn> columns(
      CompiledDataset dataset, QueryCompiler.Compilation sources) {
    List<Set<Origin>> fields = fields(dataset.source(), sources);
    return dataset.columns().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                column -> column(dataset, column.getKey(), column.getValue(), fields)));
  }

  private static DatasetColumn column(
      CompiledDataset dataset, String name, RexNode expression, List<Set<Origin>> fields) {
    return new DatasetColumn(
        dataset.definition().name(), name, Origins.ofExpression(expression, fields));
  }

  private static List<Set<Origin>> fields(
      CompiledSource source, QueryCompiler.Compilation sources) {
    if (source instanceof CompiledSource.OfTable table) {
      return table.rowType().getFieldNames().stream()
          .map(c -> Set.of(new Origin(table.table().schema(), table.table().name(), c, true)))
          .toList();
    }
    return Origins.of(
        sources
            .convert(DatasetRows.copy(((CompiledSource.OfQuery) source).query()))
            .root()
            .project());
  }

  /** A column of a dataset with its origins. */
  DatasetColumn column(String dataset, String column) {
    return Optional.ofNullable(columns.getOrDefault(dataset, Map.of()).get(column))
        .orElseGet(() -> new DatasetColumn(dataset, column, Set.of()));
  }

  /** The source columns of the rates by which money is converted. */
  Set<Origin> rates() {
    return columns.getOrDefault(RATES, Map.of()).values().stream()
        .flatMap(column -> column.origins().stream())
        .map(Origin::computed)
        .collect(Collectors.toSet());
  }
}
