package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.PublishedViewTable;
import io.plumbline.engine.sql.QueryCompiler;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/** Replaces a published view by its query, compiled over what its definer sees. */
final class ViewExpansion extends PlanRewriter {

  private final CompiledModel model;
  private final QueryCompiler.Compilation definer;

  ViewExpansion(CompiledModel model, QueryCompiler.Compilation definer) {
    this.model = model;
    this.definer = definer;
  }

  @Override
  public RelNode visit(TableScan scan) {
    PublishedViewTable view = scan.getTable().unwrap(PublishedViewTable.class);
    if (view == null) {
      return scan;
    }
    var query = Objects.requireNonNull(model.viewQueries().get(view.definition().name()));
    RelNode expanded = definer.convert(DatasetRows.copy(query)).root().project();
    return RelOptUtil.createCastRel(expanded, scan.getRowType(), true).accept(this);
  }
}
