package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import java.util.List;

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
    CompiledDataset home = entityDataset(dataset);
    boolean ofEntity =
        !new Conformed(dataset).isReadIn(context)
            && context.dimensions().stream()
                .allMatch(d -> DimensionedRows.isOf(context, d, home.definition().name()));
    rows.push(ofEntity ? home : dataset, List.of(), new RowTime.WholeRange(), context);
    plan.relBuilder().distinct();
  }

  /** The dataset with one row for each entity that owns the rows of another. */
  CompiledDataset entityDataset(CompiledDataset dataset) {
    return dataset
        .definition()
        .entity()
        .flatMap(
            key ->
                model.datasets().values().stream()
                    .filter(d -> d.definition().entity().isPresent())
                    .filter(d -> d.definition().entity().get().entity().equals(key.entity()))
                    .filter(
                        d ->
                            d.definition()
                                .primaryKey()
                                .equals(List.of(d.definition().entity().get().column())))
                    .findFirst())
        .orElse(dataset);
  }
}
