package io.plumbline.engine.plan;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Movements and retention compare the whole of an entity: what they are cut along must be the
 * entity's own, not that of its parts, such as the plan of one of its subscriptions.
 */
final class EntityLevel {

  private static final String PRIMARY = "primary_";

  private final CompiledDataset dataset;
  private final CompiledDataset home;

  /**
   * @param dataset whose states are compared
   * @param home the dataset with one row for each entity
   */
  EntityLevel(CompiledDataset dataset, CompiledDataset home) {
    this.dataset = dataset;
    this.home = home;
  }

  /** Refuses a context that is grouped or filtered by something below the entity. */
  void check(EvaluationContext context) {
    Stream.concat(context.dimensions().stream(), context.filters().stream())
        .flatMap(expression -> Correlations.fields(expression).toList().stream())
        .flatMap(field -> context.base().column(field).stream())
        .flatMap(column -> dimension(column).stream())
        .filter(this::isBelow)
        .findFirst()
        .ifPresent(
            dimension -> {
              throw refusal(dimension, context);
            });
  }

  private static Optional<SemanticColumn.Dimensional> dimension(SemanticColumn column) {
    return column instanceof SemanticColumn.Dimensional d ? Optional.of(d) : Optional.empty();
  }

  private boolean isBelow(SemanticColumn.Dimensional dimension) {
    return !dimension.reference().dataset().equals(home.definition().name())
        || dataset != home && new Conformed(dataset).dimension(dimension).isPresent();
  }

  private Refusal refusal(SemanticColumn.Dimensional dimension, EvaluationContext context) {
    List<SemanticColumn.Dimensional> own =
        context.base().table().columns().stream()
            .flatMap(column -> dimension(column).stream())
            .filter(d -> !isBelow(d))
            .toList();
    String entity =
        dataset.definition().entity().map(e -> e.entity()).orElse(home.definition().name());
    String remedy =
        own.stream()
            .map(SemanticColumn::name)
            .filter(name -> name.equals(PRIMARY + dimension.name()))
            .findFirst()
            .map(name -> "Use " + name)
            .orElseGet(
                () ->
                    "Use a dimension of the "
                        + entity
                        + ": "
                        + own.stream().map(SemanticColumn::name).collect(Collectors.joining(", ")));
    return new Refusal(
        SqlState.GROUPING_ERROR,
        "movements and retention compare a whole "
            + entity
            + ", which may have several values of "
            + dimension.name()
            + " at once. "
            + remedy,
        dimension.name());
  }
}
