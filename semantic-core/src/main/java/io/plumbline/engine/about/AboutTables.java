package io.plumbline.engine.about;

import static io.plumbline.engine.about.AboutCatalog.column;
import static io.plumbline.engine.about.AboutCatalog.row;

import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Session.TableInfo;
import io.plumbline.engine.TableDescription;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/** Everything that a principal may query, and its columns. */
final class AboutTables {

  private final Supplier<VisibleCatalog> visible;

  AboutTables(Supplier<VisibleCatalog> visible) {
    this.visible = visible;
  }

  CatalogTable tables() {
    return AboutCatalog.table(
        "tables",
        "The tables and views that I may query.",
        List.of(
            column("schema_name", "Schema. Never null."),
            column("table_name", "Table or view. Never null."),
            column(
                "kind",
                "semantic (metrics over dimensions), view (of a fixed grain), source (of the"
                    + " warehouse) or catalog (about the layer itself). Never null."),
            column("description", "What its rows are; empty if nobody wrote it. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          each((table, info) -> rows.add(tableRow(table, info)));
          return rows;
        });
  }

  CatalogTable columns() {
    return AboutCatalog.table(
        "columns",
        "The columns of what I may query, in their order.",
        List.of(
            column("schema_name", "Schema of the table. Never null."),
            column("table_name", "Table or view. Never null."),
            column("column_name", "Column. Never null."),
            column("kind", "metric, to be asked as aggregate(name), or column. Never null."),
            column("data_type", "Type of its values as PostgreSQL calls it. Never null."),
            column("nullable", "Whether values may be null: yes or no. Never null."),
            column(
                "description",
                "Unit, additivity and meaning; empty if nobody wrote it. Never null.")),
        () -> {
          List<List<@Nullable String>> rows = new ArrayList<>();
          each((table, info) -> info.columns().forEach(c -> rows.add(columnRow(info, c))));
          return rows;
        });
  }

  private interface Described {
    void table(Table table, TableInfo info);
  }

  private void each(Described described) {
    new TreeMap<>(visible.get().schemas())
        .forEach(
            (schema, tables) ->
                new TreeMap<>(tables)
                    .forEach(
                        (name, table) ->
                            described.table(table, TableDescription.of(schema, name, table))));
  }

  private static List<@Nullable String> tableRow(Table table, TableInfo info) {
    return row(info.schema(), info.name(), kind(table), info.remarks());
  }

  private static String kind(Table table) {
    if (table instanceof SemanticCatalogTable) {
      return "semantic";
    }
    if (table instanceof WarehouseTable) {
      return "source";
    }
    return table instanceof CatalogTable ? "catalog" : "view";
  }

  private static List<@Nullable String> columnRow(TableInfo table, ResultColumn column) {
    return row(
        table.schema(),
        table.name(),
        column.name(),
        column.generated() ? "metric" : "column",
        column.type().sqlName(),
        column.nullable() ? "yes" : "no",
        column.description());
  }
}
