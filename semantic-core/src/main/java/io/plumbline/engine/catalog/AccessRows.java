package io.plumbline.engine.catalog;

import io.plumbline.engine.Access;
import io.plumbline.engine.Benchmark;
import io.plumbline.engine.Governor;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryLimits;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/** The rows of {@code catalog.my_access}: only what the principal may name is in them. */
final class AccessRows {

  static final String NAME = "my_access";

  private static final String DESCRIPTION =
      "What I may see: one row for each rule, table, column and limit. The rows of kind scope say"
          + " which entities my numbers cover.";
  private static final List<CatalogTable.Column> COLUMNS =
      List.of(
          new CatalogTable.Column(
              "kind", "scope, role, table, column, limit or right. Never null."),
          new CatalogTable.Column("schema_name", "Schema of a table or column. Else null."),
          new CatalogTable.Column("table_name", "Table, or table of a column. Else null."),
          new CatalogTable.Column("column_name", "Column. Null for what is not of kind column."),
          new CatalogTable.Column(
              "rule",
              "Of a scope or table the row filters on it, or 'all rows'; of a column its mask, or"
                  + " 'plain'; of a limit, role or right its name. Never null."),
          new CatalogTable.Column(
              "detail",
              "Of a scope the entities counted, in one line; of a column its classification; of a"
                  + " limit its value in rows, seconds, statements or entities. Null where there is nothing"
                  + " to add."));
  private static final String ALL_ROWS = "all rows";
  private static final String PLAIN = "plain";

  private final Map<String, Map<String, Table>> visible;
  private final Governor governor;
  private final Principal principal;
  private final Lineage lineage;
  private final Access access;
  private final List<List<@Nullable String>> rows = new ArrayList<>();

  private AccessRows(
      Map<String, Map<String, Table>> visible,
      Governor governor,
      Principal principal,
      Lineage lineage) {
    this.visible = visible;
    this.governor = governor;
    this.principal = principal;
    this.lineage = lineage;
    this.access = governor.access(principal);
  }

  /** The table, whose rows are made when somebody asks. */
  static CatalogTable table(
      Map<String, Map<String, Table>> visible,
      Governor governor,
      Principal principal,
      Lineage lineage) {
    return new CatalogTable(
        NAME,
        DESCRIPTION,
        COLUMNS,
        () -> new AccessRows(visible, governor, principal, lineage).rows(),
        governor.access(principal).scopes());
  }

  private List<List<@Nullable String>> rows() {
    if (access.scopes().isEmpty()) {
      add("scope", null, null, null, ALL_ROWS, "all entities: no row filter");
    }
    new TreeSet<>(principal.roles()).forEach(role -> add("role", null, null, null, role, null));
    limits(governor.limits(principal));
    if (governor.maySeePhysicalPlan(principal)) {
      add("right", null, null, null, "physical_plan", "explain shows the SQL of the warehouse");
    }
    governor.benchmark(principal).ifPresent(this::benchmark);
    new TreeMap<>(visible)
        .forEach(
            (schema, tables) ->
                new TreeMap<>(tables).forEach((name, table) -> describe(schema, name, table)));
    return List.copyOf(rows);
  }

  private void limits(QueryLimits limits) {
    limit("max_scan_rows", limits.maxScanRows());
    limit("max_runtime_seconds", limits.maxRuntime().map(d -> d.toSeconds()));
    limit("max_concurrent_queries", limits.maxConcurrentQueries());
    limit("max_result_rows", limits.maxResultRows());
    limit("min_group_size", governor.minGroupSize(principal));
  }

  /** The metrics of everyone that may be asked, of those that the principal may name. */
  private void benchmark(Benchmark granted) {
    TreeSet<String> metrics = new TreeSet<>();
    visible.getOrDefault(VisibleCatalog.METRICS, Map.of()).values().stream()
        .filter(SemanticCatalogTable.class::isInstance)
        .flatMap(table -> ((SemanticCatalogTable) table).metricNames().stream())
        .filter(granted.metrics()::contains)
        .forEach(metrics::add);
    if (!metrics.isEmpty()) {
      String groups = " of everyone, in groups of at least " + granted.leastGroup();
      add("right", null, null, null, "benchmark", String.join(", ", metrics) + groups);
    }
  }

  private void limit(String name, Optional<? extends Number> value) {
    value.ifPresent(v -> add("limit", null, null, null, name, String.valueOf(v)));
  }

  private void describe(String schema, String name, Table table) {
    if (table instanceof WarehouseTable source) {
      add("table", schema, name, null, joined(access.rowFilters(source), ALL_ROWS), null);
      source.columns().forEach(column -> column(source, column.name()));
    } else if (table instanceof SemanticCatalogTable semantic) {
      add("table", schema, name, null, scopeFilters(), null);
      semantic.columns().forEach(c -> add("column", schema, name, c.name(), mask(c), null));
    } else if (table instanceof PublishedViewTable view) {
      add("table", schema, name, null, scopeFilters(), null);
      for (RelDataTypeField field : view.rowType().getFieldList()) {
        add("column", schema, name, field.getName(), "as what it is made of", null);
      }
    }
  }

  private String scopeFilters() {
    return joined(
        access.scopes().stream().flatMap(scope -> scope.filters().stream()).distinct().toList(),
        ALL_ROWS);
  }

  private void column(WarehouseTable table, String column) {
    List<String> classes = access.classifications(table, column);
    add(
        "column",
        table.schema(),
        table.name(),
        column,
        access.mask(table, column).orElse(PLAIN),
        classes.isEmpty() ? null : String.join(", ", classes));
  }

  /** A dimension with earlier values is masked if either column is. */
  private String mask(SemanticColumn column) {
    return column instanceof SemanticColumn.Dimensional dimension
        ? lineage.columnsOf(dimension).stream()
            .flatMap(c -> access.mask(c).stream())
            .findFirst()
            .orElse(PLAIN)
        : PLAIN;
  }

  private static String joined(List<String> names, String none) {
    return names.isEmpty() ? none : String.join(", ", names);
  }

  private void add(@Nullable String... values) {
    rows.add(Arrays.asList(values));
  }
}
