package io.plumbline.engine.plan;

import com.google.common.collect.ImmutableList;
import io.plumbline.engine.Access;
import io.plumbline.engine.catalog.CatalogTable;
import io.plumbline.engine.sql.QueryCompiler;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a table of the schema {@code catalog} by its rows, so that it can be joined with
 * anything. Entities are counted in the table that has them, under the rules that stand on it:
 *
 * <pre>
 *   scan(my_access)  =>  Union(Project('scope', ..., count) <- Aggregate <- scan, Values)
 * </pre>
 */
final class CatalogExpansion extends PlanRewriter {

  private final QueryCompiler.Compilation definer;

  CatalogExpansion(QueryCompiler.Compilation definer) {
    this.definer = definer;
  }

  @Override
  public RelNode visit(TableScan scan) {
    CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
    return table == null ? scan : rows(table, scan.getRowType());
  }

  private RelNode rows(CatalogTable table, RelDataType rowType) {
    RelBuilder all = definer.builder();
    all.push(values(table.rows(), rowType));
    table.scopes().forEach(scope -> all.push(counted(scope, rowType)));
    return all.union(true, table.scopes().size() + 1).build();
  }

  private RelNode values(List<List<@Nullable String>> rows, RelDataType rowType) {
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (List<@Nullable String> row : rows) {
      ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
      for (int i = 0; i < row.size(); i++) {
        tuple.add(literal(row.get(i), rowType.getFieldList().get(i).getType()));
      }
      tuples.add(tuple.build());
    }
    return LogicalValues.create(definer.cluster(), rowType, tuples.build());
  }

  private RexLiteral literal(@Nullable String value, RelDataType type) {
    RexBuilder rex = definer.cluster().getRexBuilder();
    return value == null ? rex.makeNullLiteral(type) : rex.makeLiteral(value);
  }

  /** {@code scope, null, null, null, 'own portfolio', '37 accounts: own portfolio'}. */
  private RelNode counted(Access.Scope scope, RelDataType rowType) {
    RelBuilder builder = definer.builder().scan(scope.schema(), scope.table());
    builder.aggregate(builder.groupKey(), builder.count(true, "n", builder.field(scope.key())));
    String filters = String.join(", ", scope.filters());
    RexNode nothing = builder.getRexBuilder().makeNullLiteral(type(rowType));
    builder.project(
        List.of(
            text(builder.literal("scope"), builder, rowType),
            nothing,
            nothing,
            nothing,
            text(builder.literal(filters), builder, rowType),
            text(sentence(builder, scope.entity(), filters, rowType), builder, rowType)),
        rowType.getFieldNames(),
        true);
    return builder.build();
  }

  private static RexNode sentence(
      RelBuilder builder, String entity, String filters, RelDataType rowType) {
    RexNode one = builder.equals(builder.field("n"), builder.literal(1));
    RexNode ending =
        builder.call(
            SqlStdOperatorTable.CASE,
            one,
            text(builder.literal(" " + entity + ": " + filters), builder, rowType),
            text(builder.literal(" " + entity + "s: " + filters), builder, rowType));
    return builder.call(
        SqlStdOperatorTable.CONCAT, text(builder.field("n"), builder, rowType), ending);
  }

  private static RelDataType type(RelDataType rowType) {
    return rowType.getFieldList().get(0).getType();
  }

  private static RexNode text(RexNode value, RelBuilder builder, RelDataType rowType) {
    return builder.getRexBuilder().makeAbstractCast(type(rowType), value, false);
  }
}
