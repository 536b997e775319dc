package io.plumbline.engine.warehouse;

import java.util.List;

/**
 * A statement in the warehouse's SQL.
 *
 * @param parameters for each {@code ?} of the text, in order of appearance, the index of the user's
 *     parameter that it takes; one parameter may appear several times
 */
public record WarehouseStatement(String sql, List<Integer> parameters) {

  public WarehouseStatement {
    parameters = List.copyOf(parameters);
  }
}
