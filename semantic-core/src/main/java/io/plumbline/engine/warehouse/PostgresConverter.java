package io.plumbline.engine.warehouse;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;

/**
 * From a plan to PostgreSQL's SQL. One instance per plan.
 *
 * <p>A projection that computes becomes a SELECT of its own under another projection or an
 * aggregate; otherwise every expression, windows too, would be written into each of its uses.
 */
final class PostgresConverter extends RelToSqlConverter {

  PostgresConverter(PostgresDialect dialect) {
    super(dialect);
  }

  @Override
  public Result visitInput(
      RelNode node, int i, boolean anonymous, boolean ignoreClauses, Set<Clause> expected) {
    Result result = super.visitInput(node, i, anonymous, ignoreClauses, expected);
    RelNode input = node.getInput(i);
    return standsAlone(node, input)
        ? result(result.subSelect(), List.of(Clause.FROM), input, null)
        : result;
  }

  private static boolean standsAlone(RelNode node, RelNode input) {
    if (node instanceof Project project) {
      return (input instanceof Project || input instanceof Aggregate) && computes(project);
    }
    return node instanceof Aggregate && input instanceof Project project && computes(project);
  }

  private static boolean computes(Project project) {
    return project.getProjects().stream()
        .anyMatch(e -> !(e instanceof RexInputRef || e instanceof RexLiteral));
  }
}
