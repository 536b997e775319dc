package io.plumbline.engine.about;

import static io.plumbline.engine.about.AboutCatalog.column;
import static io.plumbline.engine.about.AboutCatalog.row;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.MetricInfo;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.plan.SupportedDimensions;
import io.plumbline.engine.warehouse.ColumnTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of the semantic tables, and by what each can be grouped. */
final class AboutMetrics {

  private final VisibleCatalog visible;
  private final SupportedDimensions supported;

  AboutMetrics(VisibleCatalog visible, CompiledModel model) {
    this.visible = visible;
    this.supported = new SupportedDimensions(model);
  }

  CatalogTable metrics() {
    return AboutCatalog.table(
        "metrics",
        "The metrics that I may ask for: a row for each semantic table that has one.",
        List.of(
            column("table_name", "Semantic table, of the schema metrics. Never null."),
            column("metric_name", "Metric; asked as aggregate(metric_name). Never null."),
            column("label", "Its name for people. Never null."),
            column("description", "What it measures. Never null."),
            column("kind", "How it is evaluated: snapshot, movement, ratio, ... Never null."),
            column("unit", "currency, count, ratio, score or text. Never null."),
            column("format", "How to show it: number, currency, percent or text. Never null."),
            column(
                "additivity",
                "additive, semi_additive (over dimensions, not over time) or non_additive."
                    + " Never null."),
            column("owner", "Who answers for it. Never null."),
            column("grains", "Time columns by which it can be grouped. Never null."),
            column("dimensions", "By what it can be grouped and filtered. Never null."),
            column("synonyms", "Other words for it; empty without any. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          semanticTables()
              .values()
              .forEach(
                  table ->
                      table.metrics().forEach(metric -> rows.add(metric(table, metric.metric()))));
          return rows;
        });
  }

  CatalogTable dimensions() {
    return AboutCatalog.table(
        "dimensions",
        "What metrics can be grouped by and filtered on: a row for each column of a semantic table"
            + " that is no metric.",
        List.of(
            column("table_name", "Semantic table, of the schema metrics. Never null."),
            column("dimension_name", "Column. Never null."),
            column("label", "Its name for people. Never null."),
            column("description", "What its values mean. Never null."),
            column(
                "kind",
                "time, dimension, key (of the table's entity), class (computed from metrics) or"
                    + " cohort. Never null."),
            column("data_type", "Type of its values as PostgreSQL calls it. Never null."),
            column(
                "history",
                "yes: each period sees the value that held in it; no: all see that of as_of."
                    + " Null for what is no dimension of entities."),
            column("synonyms", "Other words for it; empty without any. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          semanticTables()
              .values()
              .forEach(
                  table ->
                      columns(table, c -> !(c instanceof SemanticColumn.Metrical))
                          .forEach(c -> rows.add(dimension(table, c))));
          return rows;
        });
  }

  private Map<String, SemanticCatalogTable> semanticTables() {
    Map<String, SemanticCatalogTable> tables = new TreeMap<>();
    visible
        .schemas()
        .getOrDefault(VisibleCatalog.METRICS, Map.of())
        .forEach(
            (name, table) -> {
              if (table instanceof SemanticCatalogTable semantic) {
                tables.put(name, semantic);
              }
            });
    return tables;
  }

  private interface Choice {
    boolean takes(SemanticColumn column);
  }

  private static Stream<SemanticColumn> columns(SemanticCatalogTable table, Choice choice) {
    return table.columns().stream().filter(choice::takes);
  }

  // ---- rows ----

  private List<@Nullable String> metric(SemanticCatalogTable table, Metric metric) {
    MetricInfo info = metric.info();
    return row(
        table.definition().name(),
        info.name(),
        info.label(),
        info.description(),
        lower(metric.getClass().getSimpleName()),
        info.unit().yamlName(),
        info.format(),
        lower(metric.additivity().name()),
        info.owner(),
        joined(columns(table, AboutMetrics::isGrain).map(SemanticColumn::name).toList()),
        joined(supported.of(table, metric)),
        joined(info.synonyms()));
  }

  private static List<@Nullable String> dimension(
      SemanticCatalogTable table, SemanticColumn column) {
    Told told = Told.of(column);
    return row(
        table.definition().name(),
        column.name(),
        told.label(),
        told.description(),
        told.kind(),
        ColumnTypes.column(column.name(), column.type()).type().sqlName(),
        told.history(),
        joined(told.synonyms()));
  }

  /** What the kinds of columns tell of themselves. */
  private record Told(
      String label,
      String description,
      String kind,
      @Nullable String history,
      List<String> synonyms) {

    static Told of(SemanticColumn column) {
      if (column instanceof SemanticColumn.Dimensional d) {
        return new Told(
            d.dimension().label(),
            d.dimension().description(),
            d.reference().entityKey() ? "key" : "dimension",
            d.dimension().history().isPresent() ? "yes" : "no",
            d.dimension().synonyms());
      }
      if (column instanceof SemanticColumn.Classified c) {
        return new Told(c.column().label(), c.column().description(), "class", null, List.of());
      }
      if (column instanceof SemanticColumn.OfCohort c) {
        return plain(column, c.column().description(), "cohort");
      }
      return plain(column, ((SemanticColumn.Time) column).column().description(), "time");
    }

    private static Told plain(SemanticColumn column, String description, String kind) {
      return new Told(column.name().replace('_', ' '), description, kind, null, List.of());
    }
  }

  private static boolean isGrain(SemanticColumn column) {
    return column instanceof SemanticColumn.OfCohort
        || column instanceof SemanticColumn.Time time && time.column().grain().isPresent();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String joined(List<String> names) {
    return String.join(", ", names);
  }
}
