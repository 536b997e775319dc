package io.plumbline.engine.plan;

import io.plumbline.definitions.Dataset;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The combinations of grouped dimensions that occur in the data: of the entities where the
 * dimensions are theirs, else of the dataset itself.
 */
final class Members {

  private final PlanBuilder plan;
  private final DimensionedRows rows;
  private final CompiledModel model;

  Members(PlanBuilder plan, DimensionedRows rows, CompiledModel model) {
    this.plan = plan;
    this.rows = rows;
    this.model = model;
  }

  /** Pushes the combinations, as fields of the context's dimensions. */
  void push(CompiledDataset dataset, EvaluationContext context) {
    Optional<CompiledDataset> values = listOfValues(context);
    if (values.isPresent()) {
      pushValues(values.get(), context);
      return;
    }
    CompiledDataset home = entityDataset(dataset);
    rows.push(
        ofEntity(dataset, home, context) ? home : dataset,
        List.of(),
        new RowTime.WholeRange(),
        context);
    plan.distinct();
  }

  /**
   * The dataset that all dimensions are of, if its rows belong to no entity: a list such as that of
   * all scores, whose values are there whether or not something has them.
   */
  private Optional<CompiledDataset> listOfValues(EvaluationContext context) {
    if (context.dimensions().isEmpty() || !context.base().joined().isEmpty()) {
      return Optional.empty();
    }
    return model.datasets().values().stream()
        .filter(d -> d.definition().entity().isEmpty() && d.definition().time().isEmpty())
        .filter(
            d ->
                context.dimensions().stream()
                    .allMatch(x -> DimensionedRows.isOf(context, x, d.definition().name())))
        .findFirst();
  }

  /** Filters on entities choose what is counted, not which values there are. */
  private void pushValues(CompiledDataset values, EvaluationContext context) {
    List<RexNode> own =
        context.filters().stream()
            .filter(f -> DimensionedRows.isOf(context, f, values.definition().name()))
            .toList();
    rows.push(values, List.of(), new RowTime.WholeRange(), context.withFilters(own));
    plan.distinct();
  }

  /**
   * Pushes the combinations, that of rows without an entity among them: such as users of no
   * account, of which all dimensions are null.
   */
  void pushWithOwn(CompiledDataset dataset, EvaluationContext context) {
    push(dataset, context);
    if (mayHaveOwn(dataset, context)) {
      rows.push(dataset, List.of(), new RowTime.WholeRange(), context);
      for (String field : context.dimensionFields()) {
        plan.filter(plan.call(SqlStdOperatorTable.IS_NULL, plan.field(field)));
      }
      plan.relBuilder().limit(0, 1).union(false);
    }
  }

  /** Whether the data may hold a combination that {@link #push} does not: that of no entity. */
  boolean mayHaveOwn(CompiledDataset dataset, EvaluationContext context) {
    CompiledDataset home = entityDataset(dataset);
    return home != dataset && ofEntity(dataset, home, context);
  }

  private static boolean ofEntity(
      CompiledDataset dataset, CompiledDataset home, EvaluationContext context) {
    return !new Conformed(dataset).isReadIn(context)
        && context.dimensions().stream()
            .allMatch(d -> DimensionedRows.isOf(context, d, home.definition().name()));
  }

  /** The dataset with one row for each entity that owns the rows of another. */
  CompiledDataset entityDataset(CompiledDataset dataset) {
    return entityDataset(dataset, model);
  }

  /**
   * The same, of a model. Of several datasets with a row for each entity it is the one that the
   * others join.
   */
  static CompiledDataset entityDataset(CompiledDataset dataset, CompiledModel model) {
    return dataset.definition().entity().flatMap(key -> home(key.entity(), model)).orElse(dataset);
  }

  private static Optional<CompiledDataset> home(String entity, CompiledModel model) {
    List<Dataset> keyed =
        model.datasets().values().stream()
            .map(CompiledDataset::definition)
            .filter(d -> d.entity().filter(e -> e.entity().equals(entity)).isPresent())
            .filter(d -> d.primaryKey().equals(List.of(d.entity().orElseThrow().column())))
            .toList();
    return keyed.stream()
        .filter(d -> keyed.stream().noneMatch(other -> d.join(other.name()).isPresent()))
        .findFirst()
        .map(d -> model.dataset(d.name()));
  }
}
