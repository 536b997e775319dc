package io.plumbline.masking;

import io.plumbline.definitions.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of the warehouse belong to which entity.
 *
 * @param key the name that row filters have for the key
 * @param owned by table; every table that is neither owned nor shared shows no rows to whom a row
 *     filter of the entity applies
 * @param shared tables ({@code app.plans}) and schemas ({@code ops.*}) that everyone sees
 * @param withheld tables and schemas of which nobody under a row filter sees anything
 */
public record EntityTables(
    String entity,
    String key,
    Map<TableName, Path> owned,
    List<TableSet> shared,
    List<TableSet> withheld,
    Position at) {

  /**
   * How a row leads to its entity.
   *
   * @param column the key, or what {@code of} has as well
   * @param through the table that knows the entity, and its column that the own column equals;
   *     empty for a table that has the key itself
   */
  public record Path(String column, Optional<Link> through, Position at) {}

  /** A column of another table that belongs to the entity. */
  public record Link(TableName table, String column) {}

  public EntityTables {
    owned = Map.copyOf(owned);
    shared = List.copyOf(shared);
    withheld = List.copyOf(withheld);
  }

  boolean isShared(TableName table) {
    return shared.stream().anyMatch(s -> s.covers(table));
  }

  boolean isWithheld(TableName table) {
    return withheld.stream().anyMatch(s -> s.covers(table));
  }

  /** A table, or all of a schema. */
  public record TableSet(String text, Position at) {

    boolean covers(TableName table) {
      return text.equals(table.toString()) || text.equals(table.schema() + ".*");
    }
  }
}
