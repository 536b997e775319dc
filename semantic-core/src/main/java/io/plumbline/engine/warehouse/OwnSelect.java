package io.plumbline.engine.warehouse;

import java.util.Deque;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which relations get a SELECT of their own instead of being merged into that of their user.
 *
 * <p>A projection that computes does under another projection or an aggregate; otherwise every
 * expression, windows too, would be written into each of its uses.
 */
final class OwnSelect {

  private OwnSelect() {}

  /**
   * Whether a relation does.
   *
   * @param parents what it is the input of, innermost first; none for the whole plan
   */
  static boolean needs(RelNode node, Deque<RelNode> parents) {
    return !parents.isEmpty()
        && (standsAlone(parents.element(), node) || givesOrder(node, parents));
  }

  private static boolean standsAlone(RelNode node, RelNode input) {
    if (node instanceof Project project) {
      return (input instanceof Project || input instanceof Aggregate) && computes(project)
          || dropsWindows(project, input)
          || !project.getVariablesSet().isEmpty() && !(input instanceof TableScan);
    }
    return node instanceof Aggregate && input instanceof Project project && computes(project);
  }

  /**
   * Whether of columns that windows compute below it, under a Sort or not, none is left: such a
   * projection would be taken for one that drops an aggregate, and get a GROUP BY.
   */
  private static boolean dropsWindows(Project project, RelNode input) {
    RelNode below = input instanceof Sort sort ? sort.getInput() : input;
    return below instanceof Project windows
        && windows.containsOver()
        && RelOptUtil.InputFinder.bits(project.getProjects(), null).toList().stream()
            .noneMatch(field -> RexOver.containsOver(windows.getProjects().get(field)));
  }

  /**
   * Whether an aggregate orders its rows by columns of this input. An expression there would be
   * written as the number of its column, which means that column only in the ORDER BY of a SELECT.
   */
  private static boolean givesOrder(RelNode input, Deque<RelNode> parents) {
    RelNode user = parents.peek();
    RelNode beyond = parents.stream().skip(1).findFirst().orElse(null);
    boolean ordered = user instanceof Project && ordersRows(beyond) || ordersRows(user);
    return ordered
        && (input instanceof Aggregate || input instanceof Project project && computes(project));
  }

  private static boolean ordersRows(@Nullable RelNode node) {
    return node instanceof Aggregate aggregate
        && aggregate.getAggCallList().stream()
            .anyMatch(call -> !call.getCollation().getFieldCollations().isEmpty());
  }

  static boolean isConditionOnGroups(Filter filter) {
    return filter.getInput() instanceof Aggregate
        && RexUtil.SubQueryFinder.containsSubQuery(filter);
  }

  private static boolean computes(Project project) {
    return project.getProjects().stream()
        .anyMatch(e -> !(e instanceof RexInputRef || e instanceof RexLiteral));
  }
}
