package io.plumbline.engine.about;

import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.Lineage;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the schema {@code catalog} that describe what a principal may query. Their rows are
 * made from the principal's own catalog, so that what is hidden is not in them; and only when
 * somebody asks.
 */
public final class AboutCatalog {

  private final VisibleCatalog visible;
  private final List<CatalogTable> others;
  private final CompiledModel model;
  private final Lineage lineage;

  /**
   * @param visible what the principal sees
   * @param others further tables of the schema
   */
  public AboutCatalog(
      VisibleCatalog visible, List<CatalogTable> others, CompiledModel model, Lineage lineage) {
    this.visible = visible;
    this.others = List.copyOf(others);
    this.model = model;
    this.lineage = lineage;
  }

  /** What the principal sees, and these tables, which describe themselves as well. */
  public VisibleCatalog added() {
    return visible.with(tables());
  }

  private List<CatalogTable> tables() {
    AboutTables tables = new AboutTables(this::added);
    AboutMetrics metrics = new AboutMetrics(visible, model);
    AboutSources sources = new AboutSources(visible, model, lineage);
    AboutDefinitions definitions = new AboutDefinitions(visible, model);
    List<CatalogTable> all = new ArrayList<>(others);
    all.addAll(List.of(tables.tables(), tables.columns()));
    all.addAll(List.of(metrics.metrics(), metrics.dimensions()));
    all.addAll(List.of(sources.lineage(), sources.keys(), sources.joins()));
    all.add(definitions.definitions());
    return all;
  }

  static CatalogTable table(
      String name,
      String description,
      List<CatalogTable.Column> columns,
      Supplier<List<List<@Nullable String>>> rows) {
    return new CatalogTable(name, description, columns, rows::get, List.of());
  }

  static CatalogTable.Column column(String name, String description) {
    return new CatalogTable.Column(name, description);
  }

  static List<@Nullable String> row(@Nullable String... values) {
    return Arrays.asList(values);
  }
}
