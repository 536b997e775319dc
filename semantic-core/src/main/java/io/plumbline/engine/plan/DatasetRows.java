package io.plumbline.engine.plan;

import io.plumbline.definitions.Dataset;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledDataset.CompiledSource;
import io.plumbline.engine.sql.QueryCompiler;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Lowers a dataset to its source:
 *
 * <pre>
 *   Dataset(columns)  =>  Project(columns) <- Filter(versions) <- Distinct <- Filter(where) <- source
 * </pre>
 *
 * Exclusions are not applied here, since they may read joined datasets.
 */
final class DatasetRows {

  /** What stands before the name of a column as it is shown; no column has such a name. */
  private static final String SHOWN = "shown ";

  /** What ends then has no end. */
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final PlanBuilder plan;
  private final QueryCompiler.Compilation sources;
  private final SessionSettings settings;
  private final DatasetRules rules;

  /**
   * @param sources compiles over all tables of the warehouse
   */
  DatasetRows(
      PlanBuilder plan,
      QueryCompiler.Compilation sources,
      SessionSettings settings,
      DatasetRules rules) {
    this.plan = plan;
    this.sources = sources;
    this.settings = settings;
    this.rules = rules;
  }

  /**
   * The name under which {@link #push} gives a column as the principal sees it: its own, if it is
   * not masked.
   */
  String shown(String dataset, String column) {
    return rules.mask(dataset, column).isPresent() ? SHOWN + column : column;
  }

  /** Pushes the rows with some columns, under their names, as the session knows them. */
  void push(CompiledDataset dataset, List<String> columns) {
    push(dataset, columns, settings.knownAt());
  }

  /**
   * Pushes the rows with some columns, under their names.
   *
   * @param knownAt as known at this instant; the newest versions if empty
   */
  void push(CompiledDataset dataset, List<String> columns, Optional<Instant> knownAt) {
    plan.push(rules.input(source(dataset.source())));
    dataset.where().ifPresent(plan::filter);
    if (dataset.definition().deduplicate()) {
      plan.distinct();
    }
    dataset
        .definition()
        .versions()
        .ifPresent(versions -> filterVersions(dataset, versions, knownAt));
    plan.project(
        List.of(),
        columns.stream()
            .map(column -> new PlanBuilder.Named(column, named(dataset, column)))
            .toList());
  }

  private RelNode source(CompiledSource source) {
    if (source instanceof CompiledSource.OfTable table) {
      return sources.builder().scan(table.table().schema(), table.table().name()).build();
    }
    return sources.convert(copy(((CompiledSource.OfQuery) source).query())).root().project();
  }

  /** The version known at an instant; the newest one, still open, by default. */
  private void filterVersions(
      CompiledDataset dataset, Dataset.Interval versions, Optional<Instant> knownAt) {
    RexNode until = expression(dataset, versions.to());
    RexNode open = open(dataset, until);
    if (knownAt.isEmpty()) {
      plan.filter(open);
      return;
    }
    RexNode instant = plan.instant(knownAt.get());
    RexNode since = expression(dataset, versions.from());
    plan.filter(
        plan.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, since, instant),
        plan.call(
            SqlStdOperatorTable.OR,
            open,
            plan.call(SqlStdOperatorTable.LESS_THAN, instant, until)));
  }

  /**
   * PostgreSQL expects one row in two hundred of {@code x is null} where it has no statistics of x,
   * that is of whatever a query computes; of a comparison it expects a third.
   */
  private RexNode open(CompiledDataset dataset, RexNode until) {
    RexNode unknown = plan.call(SqlStdOperatorTable.IS_NULL, until);
    if (dataset.source() instanceof CompiledSource.OfTable) {
      return unknown;
    }
    RexNode never = plan.instant(NEVER);
    return plan.call(
        SqlStdOperatorTable.LESS_THAN_OR_EQUAL, never, plan.choose(unknown, never, until));
  }

  private RexNode named(CompiledDataset dataset, String name) {
    if (!name.startsWith(SHOWN)) {
      return expression(dataset, name);
    }
    String column = name.substring(SHOWN.length());
    return rules
        .mask(dataset.definition().name(), column)
        .orElseThrow()
        .over(expression(dataset, column), plan.rexBuilder());
  }

  private static RexNode expression(CompiledDataset dataset, String column) {
    RexNode expression = dataset.columns().get(column);
    if (expression == null) {
      throw new IllegalArgumentException(dataset.definition().name() + " has no column " + column);
    }
    return expression;
  }

  /** Validation changes a tree, so that every plan needs its own. */
  static SqlNode copy(SqlNode query) {
    SqlNode copy =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
              }
            });
    return Objects.requireNonNull(copy);
  }
}
