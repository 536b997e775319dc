package io.plumbline.engine.about;

import static io.plumbline.engine.about.AboutCatalog.column;
import static io.plumbline.engine.about.AboutCatalog.row;

import io.plumbline.definitions.Join;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledDataset.CompiledSource;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.Lineage;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.catalog.PublishedViewTable;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the warehouse behind the layer: where values come from, what identifies a row, and
 * how tables are joined. Of columns that the principal may not name nothing is told.
 */
final class AboutSources {

  private final VisibleCatalog visible;
  private final CompiledModel model;
  private final Lineage lineage;

  AboutSources(VisibleCatalog visible, CompiledModel model, Lineage lineage) {
    this.visible = visible;
    this.model = model;
    this.lineage = lineage;
  }

  CatalogTable lineage() {
    return AboutCatalog.table(
        "lineage",
        "From which columns of the warehouse the values of metrics, dimensions and views come."
            + " Conditions that choose rows and rates of currencies are no origins.",
        List.of(
            column("schema_name", "metrics or analytics. Never null."),
            column("table_name", "Semantic table or view. Never null."),
            column("column_name", "Metric or dimension; null for a view as a whole."),
            column("source_schema", "Schema of the origin. Never null."),
            column("source_table", "Table of the origin. Never null."),
            column("source_column", "Column of the origin. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          tables(VisibleCatalog.METRICS)
              .forEach((name, table) -> origins((SemanticCatalogTable) table, rows));
          tables(VisibleCatalog.ANALYTICS)
              .forEach(
                  (name, table) -> {
                    if (table instanceof PublishedViewTable) {
                      origins(VisibleCatalog.ANALYTICS, name, null, lineage.ofView(name), rows);
                    }
                  });
          return rows;
        });
  }

  private Map<String, Table> tables(String schema) {
    return new TreeMap<>(visible.schemas().getOrDefault(schema, Map.of()));
  }

  private void origins(SemanticCatalogTable table, List<List<@Nullable String>> rows) {
    table
        .columns()
        .forEach(
            c ->
                origins(
                    VisibleCatalog.METRICS,
                    table.definition().name(),
                    c.name(),
                    lineage.of(table, c),
                    rows));
  }

  private void origins(
      String schema,
      String table,
      @Nullable String column,
      Collection<Origin> origins,
      List<List<@Nullable String>> rows) {
    origins.stream()
        .filter(o -> isVisible(o.schema(), o.table(), o.column()))
        .map(Origin::computed)
        .distinct()
        .sorted(
            Comparator.comparing(Origin::schema)
                .thenComparing(Origin::table)
                .thenComparing(Origin::column))
        .forEach(o -> rows.add(row(schema, table, column, o.schema(), o.table(), o.column())));
  }

  private boolean isVisible(String schema, String table, String column) {
    return visible.schemas().getOrDefault(schema, Map.of()).get(table)
            instanceof WarehouseTable source
        && source.columns().stream().anyMatch(c -> c.name().equals(column));
  }

  // ---- keys ----

  CatalogTable keys() {
    return AboutCatalog.table(
        "keys",
        "What identifies a row of a table of the warehouse: a row for each key, those that"
            + " definitions declare among them.",
        List.of(
            column("schema_name", "Schema of the table. Never null."),
            column("table_name", "Table. Never null."),
            column("columns", "Its columns, separated by commas. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          new TreeMap<>(visible.schemas())
              .values()
              .forEach(tables -> new TreeMap<>(tables).values().forEach(t -> keys(t, rows)));
          return rows;
        });
  }

  private static void keys(Table table, List<List<@Nullable String>> rows) {
    if (table instanceof WarehouseTable source) {
      source.keys().stream()
          .map(key -> String.join(", ", new TreeSet<>(key)))
          .distinct()
          .sorted()
          .forEach(key -> rows.add(row(source.schema(), source.name(), key)));
    }
  }

  // ---- joins ----

  CatalogTable joins() {
    return AboutCatalog.table(
        "joins",
        "How tables of the warehouse are joined by definitions: a row for each pair of columns."
            + " Every row of the first table meets at most one of the second.",
        List.of(
            column("schema_name", "Schema of the first table. Never null."),
            column("table_name", "First table. Never null."),
            column("column_name", "Column of the first table. Never null."),
            column("joined_schema", "Schema of the second table. Never null."),
            column("joined_table", "Second table. Never null."),
            column("joined_column", "Column of the second table. Never null.")),
        () ->
            model.datasets().values().stream()
                .sorted(Comparator.comparing(d -> d.definition().name()))
                .flatMap(this::joins)
                .distinct()
                .toList());
  }

  private Stream<List<@Nullable String>> joins(CompiledDataset dataset) {
    return dataset.definition().joins().stream()
        .flatMap(join -> pairs(dataset, join, model.dataset(join.to())));
  }

  private Stream<List<@Nullable String>> pairs(
      CompiledDataset from, Join join, CompiledDataset to) {
    List<List<@Nullable String>> pairs = new ArrayList<>();
    for (int i = 0; i < join.columns().size(); i++) {
      Optional<Origin> left = source(from, join.columns().get(i));
      Optional<Origin> right = source(to, join.target().get(i));
      if (left.isEmpty() || right.isEmpty()) {
        return Stream.of();
      }
      pairs.add(
          row(
              left.get().schema(),
              left.get().table(),
              left.get().column(),
              right.get().schema(),
              right.get().table(),
              right.get().column()));
    }
    return pairs.stream();
  }

  /** The visible column of a table that a column of a dataset is; empty if it is computed. */
  private Optional<Origin> source(CompiledDataset dataset, String column) {
    return dataset.source() instanceof CompiledSource.OfTable source
            && dataset.columns().get(column) instanceof RexInputRef ref
        ? Optional.of(source.rowType().getFieldNames().get(ref.getIndex()))
            .filter(name -> isVisible(source.table().schema(), source.table().name(), name))
            .map(name -> new Origin(source.table().schema(), source.table().name(), name, true))
        : Optional.empty();
  }
}
