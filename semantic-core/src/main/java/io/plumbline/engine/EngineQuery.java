package io.plumbline.engine;

import io.plumbline.engine.plan.PlannedQuery;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A planned query; one that depends on the values of parameters is planned again for each
 * execution.
 */
final class EngineQuery implements PreparedQuery {

  private static final int PREVIEW_ROWS = 1000;

  private final String sql;
  private final PlannedQuery planned;
  private final Warehouse warehouse;
  private final Admission admission;
  private final Function<LiveTable, List<List<@Nullable String>>> live;
  private final Function<List<@Nullable Object>, PlannedQuery> replan;
  private final Function<Throwable, QueryException> internal;

  EngineQuery(
      String sql,
      PlannedQuery planned,
      Warehouse warehouse,
      Admission admission,
      Function<LiveTable, List<List<@Nullable String>>> live,
      Function<List<@Nullable Object>, PlannedQuery> replan,
      Function<Throwable, QueryException> internal) {
    this.sql = sql;
    this.planned = planned;
    this.warehouse = warehouse;
    this.admission = admission;
    this.live = live;
    this.replan = replan;
    this.internal = internal;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public List<ResultColumn> columns() {
    return planned.columns();
  }

  @Override
  public List<Parameter> parameters() {
    return planned.parameters();
  }

  @Override
  public List<String> templates() {
    return planned.templates();
  }

  @Override
  public RunningQuery execution() {
    return new Execution();
  }

  private final class Execution implements RunningQuery {
    private @Nullable RunningQuery running;
    private @Nullable PlannedQuery bound;
    private boolean canceled;

    @Override
    public QueryFacts facts(List<? extends @Nullable Object> parameters) {
      return bound(parameters).facts();
    }

    @Override
    public Rows start(List<? extends @Nullable Object> parameters, long maxRows) {
      PlannedQuery query = bound(parameters);
      checkRowLimit(query, maxRows);
      List<@Nullable Object> values = new ArrayList<>();
      if (query == planned) {
        values.addAll(parameters);
      }
      query.live().forEach(table -> values.addAll(LiveValues.columns(table, live.apply(table))));
      return begin(query).start(values, maxRows);
    }

    /** The plan for these values: the one there is, unless it depends on them. */
    private PlannedQuery bound(List<? extends @Nullable Object> parameters) {
      PlannedQuery known = bound;
      if (known != null) {
        return known;
      }
      if (parameters.size() != planned.parameters().size()) {
        throw new QueryException(
            SqlState.INVALID_PARAMETER,
            "the statement has "
                + planned.parameters().size()
                + " parameters, but "
                + parameters.size()
                + " values were given");
      }
      PlannedQuery fresh =
          planned.statement().isPresent() ? planned : replanned(new ArrayList<>(parameters));
      bound = fresh;
      return fresh;
    }

    private PlannedQuery replanned(List<@Nullable Object> values) {
      try {
        return replan.apply(values);
      } catch (QueryException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw internal.apply(e);
      }
    }

    private synchronized RunningQuery begin(PlannedQuery query) {
      WarehouseStatement statement = query.statement().orElseThrow();
      RunningQuery execution =
          admission.limited(
              warehouse.execution(statement, planned.columns()),
              parameters -> warehouse.estimatedScanRows(statement, parameters));
      running = execution;
      if (canceled) {
        execution.cancel();
      }
      return execution;
    }

    @Override
    public synchronized void cancel() {
      canceled = true;
      if (running != null) {
        running.cancel();
      }
    }
  }

  /** A preview is for clients that show a few rows, not for those that would add them up. */
  private static void checkRowLimit(PlannedQuery query, long maxRows) {
    if (query.needsRowLimit() && (maxRows <= 0 || maxRows > PREVIEW_ROWS)) {
      throw new QueryException(SqlState.GROUPING_ERROR, query.refusalWithoutLimit());
    }
  }
}
