package io.plumbline.engine;

import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Optional;

/** What the rules of a governor are to one principal, in the names that the rules have. */
public interface Access {

  /** No rules. */
  Access OPEN = new Access() {};

  /** The row filters on a table; empty if every row is seen. */
  default List<String> rowFilters(WarehouseTable table) {
    return List.of();
  }

  /** The mask on a column of a source table. */
  default Optional<String> mask(WarehouseTable table, String column) {
    return Optional.empty();
  }

  /** The mask on a column of a dataset. */
  default Optional<String> mask(DatasetColumn column) {
    return Optional.empty();
  }

  /** What a column of a source table is tagged as. */
  default List<String> classifications(WarehouseTable table, String column) {
    return List.of();
  }

  /** Which entities the principal sees; empty if all of them. */
  default List<Scope> scopes() {
    return List.of();
  }

  /**
   * The entities that a principal sees are those whose key is in the visible rows of a table.
   *
   * @param entity the name of one
   * @param filters the row filters that say which
   */
  record Scope(String entity, List<String> filters, String schema, String table, String key) {
    public Scope {
      filters = List.copyOf(filters);
    }
  }
}
