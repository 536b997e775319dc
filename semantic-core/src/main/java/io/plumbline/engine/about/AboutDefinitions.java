package io.plumbline.engine.about;

import static io.plumbline.engine.about.AboutCatalog.column;
import static io.plumbline.engine.about.AboutCatalog.row;

import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.PublishedViewTable;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/** What definitions are in force: those whose names a principal may use. */
final class AboutDefinitions {

  private final VisibleCatalog visible;
  private final CompiledModel model;

  AboutDefinitions(VisibleCatalog visible, CompiledModel model) {
    this.visible = visible;
    this.model = model;
  }

  CatalogTable definitions() {
    return AboutCatalog.table(
        "definitions",
        "The definitions in force, of one version: numbers of different versions may differ.",
        List.of(
            column("kind", "metric, table or view. Never null."),
            column("name", "Name of the definition. Never null."),
            column("description", "What it means. Never null."),
            column(
                "version",
                "Hash of all files of definitions; explain and the audit log tell the same."
                    + " Never null.")),
        this::rows);
  }

  private List<List<@Nullable String>> rows() {
    List<List<@Nullable String>> rows = new ArrayList<>();
    metrics().forEach((name, description) -> add("metric", name, description, rows));
    tables(VisibleCatalog.METRICS)
        .forEach(
            (name, table) -> {
              if (table instanceof SemanticCatalogTable semantic) {
                add("table", name, semantic.definition().description(), rows);
              }
            });
    tables(VisibleCatalog.ANALYTICS)
        .forEach(
            (name, table) -> {
              if (table instanceof PublishedViewTable view) {
                add("view", name, view.definition().description(), rows);
              }
            });
    return rows;
  }

  private Map<String, String> metrics() {
    Map<String, String> metrics = new TreeMap<>();
    for (Table table : tables(VisibleCatalog.METRICS).values()) {
      if (table instanceof SemanticCatalogTable semantic) {
        semantic
            .metrics()
            .forEach(metric -> metrics.put(metric.name(), metric.metric().info().description()));
      }
    }
    return metrics;
  }

  private Map<String, Table> tables(String schema) {
    return new TreeMap<>(visible.schemas().getOrDefault(schema, Map.of()));
  }

  private void add(
      String kind, String name, String description, List<List<@Nullable String>> rows) {
    rows.add(row(kind, name, description, model.definition().version()));
  }
}
