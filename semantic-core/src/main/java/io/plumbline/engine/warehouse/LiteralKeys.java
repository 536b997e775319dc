package io.plumbline.engine.warehouse;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Finds plans that sort or group by a literal, which PostgreSQL takes for the position of a column.
 *
 * <p>Calcite has rules that take such keys away, but they work out the predicates of every plan
 * under a sort: up to two thirds of the time that a query is planned.
 */
final class LiteralKeys {

  private LiteralKeys() {}

  /** Whether there is one anywhere in the plan. */
  static boolean occurIn(RelNode plan) {
    return isKeyedByLiteral(plan) || plan.getInputs().stream().anyMatch(LiteralKeys::occurIn);
  }

  private static boolean isKeyedByLiteral(RelNode node) {
    if (node instanceof Sort sort) {
      return sort.getCollation().getKeys().stream()
          .anyMatch(key -> isLiteral(sort.getInput(), key));
    }
    return node instanceof Aggregate aggregate
        && aggregate.getGroupSet().asList().stream()
            .anyMatch(key -> isLiteral(aggregate.getInput(), key));
  }

  /** Whether a column is a literal in the text, perhaps a few projections further down. */
  private static boolean isLiteral(RelNode node, int column) {
    if (node instanceof Project project) {
      RexNode expression = project.getProjects().get(column);
      return expression instanceof RexLiteral
          || expression instanceof RexInputRef reference
              && isLiteral(project.getInput(), reference.getIndex());
    }
    if (node instanceof Aggregate aggregate && column < aggregate.getGroupCount()) {
      return isLiteral(aggregate.getInput(), aggregate.getGroupSet().nth(column));
    }
    return (node instanceof Filter || node instanceof Sort) && isLiteral(node.getInput(0), column);
  }
}
