package io.plumbline.engine;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.MetricInfo;
import io.plumbline.definitions.PublishedView.ViewColumn;
import io.plumbline.engine.Session.TableInfo;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.LiveCatalogTable;
import io.plumbline.engine.catalog.PublishedViewTable;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.warehouse.ColumnTypes;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.Table;

/** Describes tables and columns for metadata. */
public final class TableDescription {

  private TableDescription() {}

  public static TableInfo of(String schema, String name, Table table) {
    if (table instanceof SemanticCatalogTable semantic) {
      return new TableInfo(
          schema,
          name,
          "TABLE",
          semantic.definition().description(),
          semantic.columns().stream().map(TableDescription::column).toList());
    }
    if (table instanceof PublishedViewTable view) {
      return new TableInfo(schema, name, "VIEW", view.definition().description(), columns(view));
    }
    if (table instanceof CatalogTable catalog) {
      return new TableInfo(schema, name, "VIEW", catalog.description(), columns(catalog));
    }
    if (table instanceof LiveCatalogTable live) {
      return new TableInfo(schema, name, "VIEW", live.table().description(), columns(live));
    }
    WarehouseTable source = (WarehouseTable) table;
    return new TableInfo(
        schema,
        name,
        "TABLE",
        "",
        source.columns().stream()
            .map(c -> described(ColumnTypes.column(c.name(), c.type()), c.remarks(), false))
            .toList());
  }

  private static ResultColumn column(SemanticColumn column) {
    ResultColumn plain = ColumnTypes.column(column.name(), column.type());
    if (column instanceof SemanticColumn.Metrical metric) {
      return described(plain, remarks(metric.metric()), true);
    }
    if (column instanceof SemanticColumn.Dimensional dimension) {
      return described(plain, dimension.dimension().description(), false);
    }
    if (column instanceof SemanticColumn.Classified classified) {
      return described(plain, classified.column().description(), false);
    }
    if (column instanceof SemanticColumn.OfCohort cohort) {
      return described(plain, cohort.column().description(), false);
    }
    return described(plain, ((SemanticColumn.Time) column).column().description(), false);
  }

  private static String remarks(Metric metric) {
    MetricInfo info = metric.info();
    return info.description()
        + " Unit: "
        + info.unit().yamlName()
        + ". "
        + switch (metric.additivity()) {
          case ADDITIVE -> "Additive.";
          case SEMI_ADDITIVE -> "Semi-additive: adds up over dimensions, not over time.";
          case NON_ADDITIVE -> "Not additive: evaluated for each group.";
        }
        + " Query it with aggregate("
        + info.name().toLowerCase(Locale.ROOT)
        + ").";
  }

  private static List<ResultColumn> columns(PublishedViewTable view) {
    return ColumnTypes.columns(view.rowType()).stream()
        .map(column -> described(column, remarks(view, column.name()), false))
        .toList();
  }

  private static List<ResultColumn> columns(CatalogTable table) {
    return table.columns().stream()
        .map(
            c ->
                new ResultColumn(
                    c.name(), ResultColumn.Type.VARCHAR, 0, 0, true, c.description(), false))
        .toList();
  }

  private static List<ResultColumn> columns(LiveCatalogTable live) {
    RelDataType row = live.getRowType(PlumblineTypeSystem.typeFactory());
    return ColumnTypes.columns(row).stream()
        .map(column -> described(column, remarks(live, column.name()), false))
        .toList();
  }

  private static String remarks(LiveCatalogTable live, String column) {
    return live.table().columns().stream()
        .filter(c -> c.name().equals(column))
        .map(LiveTable.Column::description)
        .findFirst()
        .orElse("");
  }

  private static String remarks(PublishedViewTable view, String column) {
    return view.definition().columns().stream()
        .filter(c -> c.name().equals(column))
        .map(ViewColumn::description)
        .findFirst()
        .orElse("");
  }

  private static ResultColumn described(ResultColumn column, String remarks, boolean generated) {
    return new ResultColumn(
        column.name(),
        column.type(),
        column.precision(),
        column.scale(),
        column.nullable(),
        remarks,
        generated);
  }
}
