package io.plumbline.engine.plan;

import io.plumbline.engine.Parameter;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.warehouse.WarehouseStatement;
import java.util.List;
import java.util.Optional;

/**
 * A query ready to run.
 *
 * @param columns of the result
 * @param parameters of the {@code ?}
 * @param statement what the warehouse runs; empty if it depends on the values of parameters
 * @param refusalWithoutLimit why it is refused to a client that does not limit its rows: it is a
 *     preview; empty for other queries
 * @param applied names of the policies in it
 * @param logicalPlan what was asked, in words of the semantic layer
 */
public record PlannedQuery(
    List<ResultColumn> columns,
    List<Parameter> parameters,
    Optional<WarehouseStatement> statement,
    String refusalWithoutLimit,
    List<String> applied,
    String logicalPlan) {

  public PlannedQuery {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
    applied = List.copyOf(applied);
  }

  /** About as many as the texts in it have, to tell what it takes to keep it. */
  public int characters() {
    return logicalPlan.length() + statement.map(s -> s.sql().length()).orElse(0);
  }

  /** Whether it is a preview, which only a client that limits its rows may have. */
  public boolean needsRowLimit() {
    return !refusalWithoutLimit.isEmpty();
  }
}
