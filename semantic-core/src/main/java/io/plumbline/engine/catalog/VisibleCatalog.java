package io.plumbline.engine.catalog;

import io.plumbline.engine.Governor;
import io.plumbline.engine.LiveTable;
import io.plumbline.engine.Principal;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlNode;

/**
 * The schemas, tables and columns that one principal may name. What is hidden is not there at all,
 * so that a hidden name and a missing one give the same error.
 */
public final class VisibleCatalog {

  /** Schema of the semantic tables. */
  public static final String METRICS = "metrics";

  /** Schema of the published views. */
  public static final String ANALYTICS = "analytics";

  /** Schema in which the layer tells of itself. */
  public static final String CATALOG = "catalog";

  /** Where names without a schema are looked up. */
  public static final List<String> PATH = List.of(METRICS, ANALYTICS);

  private final Map<String, Map<String, Table>> schemas;
  private final CalciteSchema root;
  private final boolean whole;

  private VisibleCatalog(Map<String, Map<String, Table>> schemas, boolean whole) {
    this.schemas = schemas;
    Schemas all = new Schemas();
    schemas.forEach(all::add);
    this.root = all.root();
    this.whole = whole;
  }

  /** What a principal sees. */
  public static VisibleCatalog of(
      WarehouseCatalog warehouse,
      CompiledModel model,
      List<LiveTable> live,
      Governor governor,
      Principal principal,
      Lineage lineage) {
    Visible rules = new Visible(governor, principal, lineage);
    Map<String, Map<String, Table>> visible = new LinkedHashMap<>();
    Map<String, Map<String, Table>> all = new LinkedHashMap<>();
    everything(warehouse, model)
        .schemas()
        .forEach((schema, tables) -> all.put(schema, new LinkedHashMap<>(tables)));
    live.forEach(
        table ->
            all.computeIfAbsent(table.schema(), s -> new LinkedHashMap<>())
                .put(table.name(), new LiveCatalogTable(table)));
    all.forEach(
        (schema, tables) -> {
          if (governor.maySeeSchema(principal, schema)) {
            visible.put(schema, rules.tables(schema, tables));
          }
        });
    boolean whole = rules.hideNothing(all, visible);
    if (governor.maySeeCatalog(principal)) {
      Map<String, Map<String, Table>> described = Map.copyOf(visible);
      visible
          .computeIfAbsent(CATALOG, schema -> new LinkedHashMap<>())
          .put(AccessRows.NAME, AccessRows.table(described, governor, principal, lineage));
    }
    return new VisibleCatalog(visible, whole);
  }

  /** What one principal sees of tables. */
  private record Visible(Governor governor, Principal principal, Lineage lineage) {

    Map<String, Table> tables(String schema, Map<String, Table> tables) {
      Map<String, Table> visible = new LinkedHashMap<>();
      tables.forEach(
          (name, table) -> {
            if (governor.maySeeTable(principal, schema, name) && maySee(schema, name, table)) {
              Table shown = columns(table);
              if (hasSomethingToAsk(shown)) {
                visible.put(name, shown);
              }
            }
          });
      return visible;
    }

    /** Tables are the same objects as long as no column of theirs is hidden. */
    boolean hideNothing(
        Map<String, Map<String, Table>> all, Map<String, Map<String, Table>> visible) {
      return all.entrySet().stream()
          .allMatch(
              schema ->
                  schema.getValue().entrySet().stream()
                      .allMatch(
                          table ->
                              visible.getOrDefault(schema.getKey(), Map.of()).get(table.getKey())
                                  == table.getValue()));
    }

    private boolean maySee(String schema, String name, Table table) {
      return !(table instanceof PublishedViewTable)
          || governor.maySeeDerived(principal, schema, name, () -> lineage.ofView(name));
    }

    /** Without metrics a semantic table would tell of nothing but its name. */
    private static boolean hasSomethingToAsk(Table table) {
      return !(table instanceof SemanticCatalogTable semantic) || !semantic.metricNames().isEmpty();
    }

    private Table columns(Table table) {
      if (table instanceof WarehouseTable source) {
        return columns(source);
      }
      return table instanceof SemanticCatalogTable semantic ? columns(semantic) : table;
    }

    private Table columns(WarehouseTable source) {
      String schema = source.schema();
      List<WarehouseTable.Column> columns =
          source.columns().stream()
              .filter(c -> governor.maySeeColumn(principal, schema, source.name(), c.name()))
              .toList();
      return columns.size() == source.columns().size() ? source : source.with(columns);
    }

    private Table columns(SemanticCatalogTable table) {
      String name = table.definition().name();
      List<SemanticColumn> columns =
          table.columns().stream()
              .filter(
                  c ->
                      governor.maySeeDerived(
                          principal, METRICS, name + "." + c.name(), () -> lineage.of(table, c)))
              .toList();
      SemanticCatalogTable visible =
          columns.size() == table.columns().size()
              ? table
              : new SemanticCatalogTable(table.definition(), columns);
      return governor.minGroupSize(principal).isPresent()
              || governor.benchmark(principal).isPresent()
          ? SuppressedColumn.added(visible, PlumblineTypeSystem.typeFactory())
          : visible;
    }
  }

  /** The same with more tables in the schema {@code catalog}, if there is one. */
  public VisibleCatalog with(List<CatalogTable> tables) {
    Map<String, Table> catalog = schemas.get(CATALOG);
    if (catalog == null) {
      return this;
    }
    Map<String, Table> described = new LinkedHashMap<>(catalog);
    tables.forEach(table -> described.put(table.name(), table));
    Map<String, Map<String, Table>> all = new LinkedHashMap<>(schemas);
    all.put(CATALOG, described);
    return new VisibleCatalog(all, whole);
  }

  /** Everything there is: what definitions are written over. */
  static VisibleCatalog everything(
      WarehouseCatalog warehouse,
      Map<String, SemanticCatalogTable> tables,
      Map<String, PublishedViewTable> views) {
    Map<String, Map<String, Table>> all = new LinkedHashMap<>();
    all.put(METRICS, new LinkedHashMap<>(tables));
    all.put(ANALYTICS, new LinkedHashMap<>(views));
    warehouse
        .schemas()
        .forEach(
            (schema, sources) ->
                all.computeIfAbsent(schema, s -> new LinkedHashMap<>()).putAll(sources));
    return new VisibleCatalog(all, true);
  }

  /** Everything there is: what definitions are written over. */
  public static VisibleCatalog everything(WarehouseCatalog warehouse, CompiledModel model) {
    return everything(warehouse, model.tables(), model.views());
  }

  /** Whether there is a table of this name, given as {@code schema.table}. */
  public boolean hasTable(String name) {
    int dot = name.indexOf('.');
    return dot > 0
        && schemas
            .getOrDefault(name.substring(0, dot), Map.of())
            .containsKey(name.substring(dot + 1));
  }

  /** The published views, with their schema. */
  public List<String> views() {
    return schemas.getOrDefault(ANALYTICS, Map.of()).entrySet().stream()
        .filter(view -> view.getValue() instanceof PublishedViewTable)
        .map(view -> ANALYTICS + "." + view.getKey())
        .sorted()
        .toList();
  }

  /** Whether nothing at all is hidden. */
  public boolean isWhole() {
    return whole;
  }

  /** By schema, by name. */
  public Map<String, Map<String, Table>> schemas() {
    return schemas;
  }

  /** For the validator. */
  public CalciteSchema root() {
    return root;
  }

  /**
   * The same for one query: of the metrics of a semantic table only those that it mentions, so that
   * what planning costs does not follow the number of metrics.
   */
  public CalciteSchema rootFor(SqlNode query) {
    return MentionedNames.in(query)
        .map(names -> Schemas.with(root, METRICS, tablesWith(names.all())))
        .orElse(root);
  }

  private Map<String, Table> tablesWith(Set<String> names) {
    Map<String, Table> tables = new LinkedHashMap<>();
    schemas
        .getOrDefault(METRICS, Map.of())
        .forEach(
            (name, table) -> {
              if (names.contains(name)) {
                tables.put(
                    name,
                    table instanceof SemanticCatalogTable semantic
                        ? semantic.withMetrics(names)
                        : table);
              }
            });
    return tables;
  }
}
