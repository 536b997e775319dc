package io.plumbline.masking;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;

/**
 * The rows that some roles see.
 *
 * @param filter SQL over the columns of the table, or over the key of the entity
 */
public record RowFilter(
    String name, Target target, RoleSet appliesTo, Expression filter, Position at) {

  /** Whose rows. */
  public sealed interface Target {

    /** Those of one table. */
    record OfTable(TableName table) implements Target {}

    /** Those of every table that belongs to an entity. */
    record OfEntity(String entity) implements Target {}
  }
}
