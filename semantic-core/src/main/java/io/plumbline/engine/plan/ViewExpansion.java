package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.PublishedViewTable;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.sql.SqlNode;

/** Replaces a published view by its query, compiled over what its definer sees. */
final class ViewExpansion extends PlanRewriter {

  private final CompiledModel model;
  private final Function<SqlNode, RelNode> definer;

  /**
   * @param definer compiles a query over everything that there is
   */
  ViewExpansion(CompiledModel model, Function<SqlNode, RelNode> definer) {
    this.model = model;
    this.definer = definer;
  }

  @Override
  public RelNode visit(TableScan scan) {
    PublishedViewTable view = scan.getTable().unwrap(PublishedViewTable.class);
    if (view == null) {
      return scan;
    }
    SqlNode query = Objects.requireNonNull(model.viewQueries().get(view.definition().name()));
    RelNode expanded = definer.apply(DatasetRows.copy(query));
    return RelOptUtil.createCastRel(expanded, scan.getRowType(), true).accept(this);
  }
}
