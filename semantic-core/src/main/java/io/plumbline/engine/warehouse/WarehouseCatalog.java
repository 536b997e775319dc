package io.plumbline.engine.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * The warehouse's tables by schema and name, as they were when they were read.
 *
 * @param version changes with every change of a name or type
 */
public record WarehouseCatalog(Map<String, Map<String, WarehouseTable>> schemas, String version) {

  /** Reads everything that the login may select from. */
  public static WarehouseCatalog read(Connection connection, RelDataTypeFactory types)
      throws SQLException {
    return new CatalogQuery(types).read(connection);
  }

  /** The same with each table changed in some way. */
  public WarehouseCatalog mapped(UnaryOperator<WarehouseTable> change) {
    Map<String, Map<String, WarehouseTable>> changed = new LinkedHashMap<>();
    schemas.forEach(
        (schema, tables) -> {
          Map<String, WarehouseTable> named = new LinkedHashMap<>();
          tables.forEach((name, table) -> named.put(name, change.apply(table)));
          changed.put(schema, named);
        });
    return new WarehouseCatalog(changed, version);
  }

  /** A table by its exact name. */
  public Optional<WarehouseTable> table(String schema, String name) {
    return Optional.ofNullable(schemas.getOrDefault(schema, Map.of()).get(name));
  }
}
