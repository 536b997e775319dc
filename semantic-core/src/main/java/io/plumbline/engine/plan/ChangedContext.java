package io.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;

/**
 * A context that was made of that of a query's cells, and how its rows meet the cells.
 *
 * @param kept positions of the cells' dimensions that it still has, in order
 * @param source for each period of the cells, in order, the number of its own one; 0 for none
 */
record ChangedContext(EvaluationContext context, List<Integer> kept, List<Integer> source) {

  ChangedContext {
    kept = List.copyOf(kept);
    source = List.copyOf(source);
  }

  static ChangedContext of(EvaluationContext cells) {
    return new ChangedContext(
        cells,
        IntStream.range(0, cells.dimensions().size()).boxed().toList(),
        IntStream.rangeClosed(1, cells.spine().periods().size()).boxed().toList());
  }

  /** All the contexts that some changes, one after the other, make. */
  static List<ChangedContext> of(EvaluationContext cells, List<ContextChange> changes) {
    List<ChangedContext> contexts = List.of(of(cells));
    for (ContextChange change : changes) {
      contexts = contexts.stream().flatMap(context -> change.change(context).stream()).toList();
    }
    return contexts;
  }

  /** Other filters or settings. */
  ChangedContext in(EvaluationContext changed) {
    return new ChangedContext(changed, kept, source);
  }

  /**
   * Other periods.
   *
   * @param own the number of the new period for that of one until now; 0 for none
   */
  ChangedContext at(Spine spine, IntUnaryOperator own) {
    return new ChangedContext(
        context.withSpine(spine),
        kept,
        source.stream().map(j -> j == 0 ? 0 : own.applyAsInt(j)).toList());
  }

  /** Only some of the dimensions. */
  ChangedContext keeping(Predicate<RexNode> dimension) {
    List<Integer> positions = new ArrayList<>();
    List<RexNode> dimensions = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      RexNode own = context.dimensions().get(i);
      if (dimension.test(own)) {
        positions.add(kept.get(i));
        dimensions.add(own);
      }
    }
    return new ChangedContext(context.withDimensions(dimensions), positions, source);
  }

  private int periods() {
    return context.spine().periods().size();
  }

  boolean hasSamePeriods() {
    return source.equals(IntStream.rangeClosed(1, periods()).boxed().toList());
  }

  /** Whether its one period is that of all cells. */
  boolean hasOnePeriodForAll() {
    return !hasSamePeriods() && periods() == 1 && !source.contains(0);
  }
}
