package io.plumbline.engine.plan;

import io.plumbline.definitions.Dimension;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;

/**
 * The dimensions of other datasets that a dataset answers with columns of its own, as trials that
 * have a segment before there is an account.
 */
final class Conformed {

  private final CompiledDataset dataset;

  Conformed(CompiledDataset dataset) {
    this.dataset = dataset;
  }

  /** The dataset's own dimension that stands for one that a query asks for. */
  Optional<Dimension> dimension(SemanticColumn.Dimensional asked) {
    Dimension.Reference reference =
        new Dimension.Reference(asked.reference().dataset(), asked.reference().dimension());
    return dataset.definition().dimensions().stream()
        .filter(own -> own.sameAs().filter(reference::equals).isPresent())
        .findFirst();
  }

  /** Whether the dataset answers with a column of its own to anything that a context reads. */
  boolean isReadIn(EvaluationContext context) {
    return Stream.of(
            context.dimensions().stream(),
            context.filters().stream(),
            context.base().joined().stream().map(BaseRow.Joined::condition))
        .flatMap(expressions -> expressions)
        .anyMatch(expression -> isRead(expression, context));
  }

  /** Whether the dataset answers with a column of its own to anything that an expression reads. */
  boolean isRead(RexNode expression, EvaluationContext context) {
    return Correlations.fields(expression).toList().stream()
        .flatMap(i -> context.base().column(i).stream())
        .anyMatch(c -> c instanceof SemanticColumn.Dimensional d && dimension(d).isPresent());
  }
}
