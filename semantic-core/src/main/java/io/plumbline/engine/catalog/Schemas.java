package io.plumbline.engine.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Schemas of tables, put together for the validator. */
final class Schemas {

  private final Map<String, Map<String, Table>> schemas = new LinkedHashMap<>();

  Schemas add(String schema, Map<String, ? extends Table> tables) {
    if (!tables.isEmpty()) {
      schemas.computeIfAbsent(schema, name -> new LinkedHashMap<>()).putAll(tables);
    }
    return this;
  }

  Schemas add(String schema, String name, Table table) {
    return add(schema, Map.of(name, table));
  }

  CalciteSchema root() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    schemas.forEach((name, tables) -> root.add(name, new FixedSchema(Map.copyOf(tables))));
    return root;
  }

  /** A root that has other tables in one of its schemas. */
  static CalciteSchema with(CalciteSchema root, String schema, Map<String, Table> tables) {
    CalciteSchema other = CalciteSchema.createRootSchema(false, false);
    root.getSubSchemaMap()
        .forEach(
            (name, known) ->
                other.add(
                    name,
                    name.equals(schema) ? new FixedSchema(Map.copyOf(tables)) : known.schema));
    return other;
  }

  /** A root that holds tables itself, for expressions over them. */
  static CalciteSchema rootOf(Map<String, ? extends Table> tables) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    tables.forEach(root::add);
    return root;
  }

  private static final class FixedSchema extends AbstractSchema {
    private final Map<String, Table> tables;

    FixedSchema(Map<String, Table> tables) {
      this.tables = tables;
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables;
    }
  }
}
