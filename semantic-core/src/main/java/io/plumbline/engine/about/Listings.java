package io.plumbline.engine.about;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.sql.NearNames;
import io.plumbline.engine.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/** Answers {@code SHOW TABLES}, {@code DESCRIBE} and the like from the tables of the catalog. */
public final class Listings {

  private static final String SCHEMA = "schema_name";
  private static final String TABLE = "table_name";

  private final VisibleCatalog catalog;

  /** Columns and rows of an answer. */
  public record Listed(List<String> columns, List<List<@Nullable String>> rows) {}

  /** What one statement shows: columns of a table, the first of which is matched with LIKE. */
  private record View(String table, List<String> columns, Map<String, String> conditions) {}

  public Listings(VisibleCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What a statement asks for.
   *
   * @throws QueryException if it names a table or schema that is not there
   */
  public Listed of(Statement.Listing asked) {
    return switch (asked.what()) {
      case "schemas" -> listed(asked, new View("tables", List.of(SCHEMA), Map.of()));
      case "tables" ->
          listed(
              asked, new View("tables", List.of(TABLE, SCHEMA, "kind", "description"), in(asked)));
      case "views" -> {
        Map<String, String> conditions = in(asked);
        conditions.put("kind", "view");
        yield listed(asked, new View("tables", List.of(TABLE, SCHEMA, "description"), conditions));
      }
      case "columns" ->
          listed(
              asked,
              new View(
                  "columns",
                  List.of("column_name", "kind", "data_type", "nullable", "description"),
                  ofTable(asked)));
      case "metrics" ->
          listed(
              asked,
              new View(
                  "metrics", List.of("metric_name", TABLE, "unit", "description"), only(asked)));
      case "dimensions" ->
          listed(
              asked,
              new View(
                  "dimensions",
                  List.of("dimension_name", TABLE, "data_type", "description"),
                  only(asked)));
      default ->
          listed(
              asked, new View("templates", List.of("name", "parameters", "description"), Map.of()));
    };
  }

  // ---- conditions ----

  private Map<String, String> in(Statement.Listing asked) {
    Map<String, String> conditions = new LinkedHashMap<>();
    if (!asked.of().isEmpty()) {
      conditions.put(SCHEMA, schema(asked, asked.of().get(asked.of().size() - 1)));
    }
    return conditions;
  }

  private String schema(Statement.Listing asked, String name) {
    Set<String> all = new TreeSet<>(catalog.schemas().keySet());
    return all.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new QueryException(
                    SqlState.UNDEFINED_SCHEMA,
                    asked.at(),
                    "schema '" + name + "' not found; there are " + String.join(", ", all)));
  }

  /** A semantic table by its name, with or without its schema. */
  private Map<String, String> only(Statement.Listing asked) {
    return asked.of().isEmpty() ? Map.of() : Map.of(TABLE, table(asked).get(1));
  }

  private Map<String, String> ofTable(Statement.Listing asked) {
    List<String> table = table(asked);
    return Map.of(SCHEMA, table.get(0), TABLE, table.get(1));
  }

  /** Schema and name of the table that is meant. */
  private List<String> table(Statement.Listing asked) {
    List<String> named = asked.of();
    List<String> schemas =
        named.size() > 1 ? List.of(named.get(named.size() - 2)) : VisibleCatalog.PATH;
    String name = named.get(named.size() - 1);
    for (String schema : schemas) {
      for (Map.Entry<String, Map<String, Table>> known : catalog.schemas().entrySet()) {
        if (known.getKey().equalsIgnoreCase(schema)) {
          for (String table : known.getValue().keySet()) {
            if (table.equalsIgnoreCase(name)) {
              return List.of(known.getKey(), table);
            }
          }
        }
      }
    }
    throw notFound(asked, String.join(".", named));
  }

  private QueryException notFound(Statement.Listing asked, String name) {
    List<String> all =
        catalog.schemas().entrySet().stream()
            .flatMap(s -> s.getValue().keySet().stream().map(t -> s.getKey() + "." + t))
            .toList();
    String near =
        all.stream()
            .filter(t -> t.substring(t.indexOf('.') + 1).equalsIgnoreCase(name))
            .findFirst()
            .or(() -> NearNames.nearest(name, all))
            .map(t -> "did you mean '" + t + "'?")
            .orElse("SHOW TABLES lists what you may query");
    return new QueryException(
        SqlState.UNDEFINED_TABLE, asked.at(), "table '" + name + "' not found; " + near);
  }

  // ---- rows ----

  private Listed listed(Statement.Listing asked, View view) {
    CatalogTable table = catalogTable(asked, view.table());
    List<String> names = table.columns().stream().map(CatalogTable.Column::name).toList();
    Optional<Pattern> like = asked.like().map(Listings::pattern);
    Set<List<@Nullable String>> rows = new LinkedHashSet<>();
    for (List<@Nullable String> row : table.rows()) {
      List<@Nullable String> shown = new ArrayList<>();
      view.columns().forEach(column -> shown.add(row.get(names.indexOf(column))));
      boolean matches =
          like.stream().allMatch(p -> p.matcher(String.valueOf(shown.get(0))).matches())
              && view.conditions().entrySet().stream()
                  .allMatch(c -> c.getValue().equalsIgnoreCase(row.get(names.indexOf(c.getKey()))));
      if (matches) {
        rows.add(shown);
      }
    }
    return new Listed(view.columns(), List.copyOf(rows));
  }

  private CatalogTable catalogTable(Statement.Listing asked, String name) {
    if (catalog.schemas().getOrDefault(VisibleCatalog.CATALOG, Map.of()).get(name)
        instanceof CatalogTable table) {
      return table;
    }
    throw new QueryException(
        SqlState.UNDEFINED_TABLE, asked.at(), "there is nothing that you may query");
  }

  private static Pattern pattern(String like) {
    return Pattern.compile(
        like.codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '%' -> ".*";
                      case '_' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining()),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
