package io.plumbline.engine.plan;

import io.plumbline.engine.LiveTable;
import io.plumbline.engine.Parameter;
import io.plumbline.engine.QueryFacts;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.warehouse.WarehouseStatement;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/**
 * A query ready to run.
 *
 * @param columns of the result
 * @param parameters of the {@code ?}
 * @param statement what the warehouse runs; empty if it depends on the values of parameters
 * @param refusalWithoutLimit why it is refused to a client that does not limit its rows: it is a
 *     preview; empty for other queries
 * @param facts what it touches, and the policies in it
 * @param live tables whose rows are fetched when it runs; their columns are parameters behind those
 *     of the user
 * @param logical what was asked, in words of the semantic layer; empty in a plan that is kept
 */
public record PlannedQuery(
    List<ResultColumn> columns,
    List<Parameter> parameters,
    Optional<WarehouseStatement> statement,
    String refusalWithoutLimit,
    QueryFacts facts,
    List<LiveTable> live,
    Optional<RelNode> logical) {

  public PlannedQuery {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
    live = List.copyOf(live);
  }

  /** The same without what only {@code explain} shows. */
  public PlannedQuery toKeep() {
    return new PlannedQuery(
        columns, parameters, statement, refusalWithoutLimit, facts, live, Optional.empty());
  }

  /** The same as a query that calls templates. */
  public PlannedQuery calling(List<String> names) {
    return new PlannedQuery(
        columns, parameters, statement, refusalWithoutLimit, facts.calling(names), live, logical);
  }

  /** Names of the templates that it calls. */
  public List<String> templates() {
    return facts.templates();
  }

  /** Names of the policies in it. */
  public List<String> applied() {
    return facts.policies();
  }

  /** What was asked, as text. */
  public String logicalPlan() {
    return logical.map(RelOptUtil::toString).orElse("");
  }

  /** About as many as the text in it has, to tell what it takes to keep it. */
  public int characters() {
    return statement.map(s -> s.sql().length()).orElse(0);
  }

  /** Whether it is a preview, which only a client that limits its rows may have. */
  public boolean needsRowLimit() {
    return !refusalWithoutLimit.isEmpty();
  }
}
