package io.plumbline.engine.warehouse;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.plumbline.engine.warehouse.WarehouseTable.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** Reads PostgreSQL's own catalog: tables, partitioned and foreign tables, views. */
final class CatalogQuery {

  private static final String COLUMNS =
      """
      select n.nspname, c.relname, a.attname,
             coalesce(b.typname, t.typname) as type_name,
             case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as modifier,
             e.typname as element_name,
             a.attnotnull,
             coalesce(col_description(c.oid, a.attnum), '') as remarks
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a
        on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
      left join pg_catalog.pg_type e
        on e.oid = coalesce(b.typelem, t.typelem) and coalesce(b.typcategory, t.typcategory) = 'A'
      where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_%'
        and has_schema_privilege(n.oid, 'USAGE')
        and has_column_privilege(c.oid, a.attnum, 'SELECT')
      order by n.nspname, c.relname, a.attnum
      """;

  /**
   * Unique at any moment, over all rows, by columns that are never null. Rows of tables that
   * inherit are not checked together.
   */
  private static final String KEYS =
      """
      select n.nspname, c.relname, i.indexrelid::bigint as key_id, a.attname
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a
        on a.attrelid = c.oid and a.attnum = any (i.indkey[0:i.indnkeyatts - 1])
      where i.indisunique and i.indisvalid and i.indimmediate
        and i.indpred is null and i.indexprs is null
        and not (c.relkind = 'r' and c.relhassubclass)
        and not exists (
          select 1 from pg_catalog.pg_attribute o
          where o.attrelid = c.oid and o.attnum = any (i.indkey[0:i.indnkeyatts - 1])
            and not o.attnotnull)
        and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_%'
      order by n.nspname, c.relname, i.indexrelid, a.attnum
      """;

  private final PostgresTypes types;

  CatalogQuery(RelDataTypeFactory types) {
    this.types = new PostgresTypes(types);
  }

  WarehouseCatalog read(Connection connection) throws SQLException {
    Map<String, Map<String, List<Column>>> columns = new LinkedHashMap<>();
    Hasher version = Hashing.sha256().newHasher();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Column column = column(row);
        columns
            .computeIfAbsent(row.getString("nspname"), schema -> new LinkedHashMap<>())
            .computeIfAbsent(row.getString("relname"), table -> new ArrayList<>())
            .add(column);
        mark(version, row.getString("nspname"), row.getString("relname"), column.name());
        mark(version, column.type().getFullTypeString());
      }
    }
    Map<String, Map<String, WarehouseTable>> tables = tables(columns, keys(connection, version));
    return new WarehouseCatalog(tables, version.hash().toString().substring(0, 16));
  }

  /** By schema and table, by index. */
  private static Map<List<String>, Map<Long, Set<String>>> keys(
      Connection connection, Hasher version) throws SQLException {
    Map<List<String>, Map<Long, Set<String>>> keys = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(KEYS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String schema = row.getString("nspname");
        String table = row.getString("relname");
        String column = row.getString("attname");
        keys.computeIfAbsent(List.of(schema, table), name -> new LinkedHashMap<>())
            .computeIfAbsent(row.getLong("key_id"), id -> new LinkedHashSet<>())
            .add(column);
        mark(version, schema, table, column);
      }
    }
    return keys;
  }

  private Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getString("attname"),
        types.column(
            row.getString("type_name"),
            row.getString("element_name"),
            row.getInt("modifier"),
            !row.getBoolean("attnotnull")),
        row.getString("remarks"));
  }

  private static void mark(Hasher version, String... parts) {
    for (String part : parts) {
      version.putString(part, StandardCharsets.UTF_8).putByte((byte) 0);
    }
  }

  private static Map<String, Map<String, WarehouseTable>> tables(
      Map<String, Map<String, List<Column>>> columns,
      Map<List<String>, Map<Long, Set<String>>> keys) {
    Map<String, Map<String, WarehouseTable>> schemas = new LinkedHashMap<>();
    columns.forEach(
        (schema, tables) -> {
          Map<String, WarehouseTable> named = new LinkedHashMap<>();
          tables.forEach(
              (name, list) ->
                  named.put(
                      name,
                      new WarehouseTable(
                          schema,
                          name,
                          list,
                          keys.getOrDefault(List.of(schema, name), Map.of()).values())));
          schemas.put(schema, Collections.unmodifiableMap(named));
        });
    return Collections.unmodifiableMap(schemas);
  }
}
