package io.plumbline.masking;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Joins of governed tables by the key through which the one looks up its entitlement in the other:
 *
 * <pre>
 *   fence(t where k in (select key from e where condition)) join fence(e where condition) on k = key
 *   =>  fence(t join (e where condition) on k = key)
 * </pre>
 *
 * A left join from t gives the same rows, since a row of t that is shown has its row in e. The
 * warehouse looks each key up once instead of twice, and both tables stay behind one fence.
 */
final class EntitledJoins extends RelHomogeneousShuttle {

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join ? shared(join).orElse(join) : visited;
  }

  /** What stands on one side: {@code Project <- Filter <- fence <- Filter <- scan}. */
  private record Side(
      List<RexNode> shown, Optional<RexNode> above, List<RexNode> conditions, TableScan scan) {

    static Optional<Side> of(RelNode side) {
      RelNode node = side;
      List<RexNode> shown = side.getCluster().getRexBuilder().identityProjects(side.getRowType());
      if (node instanceof Project project && project.getVariablesSet().isEmpty()) {
        shown = project.getProjects();
        node = project.getInput();
      }
      Optional<RexNode> above = Optional.empty();
      if (node instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
        above = Optional.of(filter.getCondition());
        node = filter.getInput();
      }
      return GovernedScan.isFence(node)
              && node.getInput(0) instanceof Filter hidden
              && hidden.getVariablesSet().isEmpty()
              && hidden.getInput() instanceof TableScan scan
              && scan.getTable().unwrap(WarehouseTable.class) != null
              && shown.stream().allMatch(Side::isOfItsRow)
              && above.stream().allMatch(Side::isOfItsRow)
          ? Optional.of(
              new Side(shown, above, RelOptUtil.conjunctions(hidden.getCondition()), scan))
          : Optional.empty();
    }

    /** Whether a value is the same wherever its row stands. */
    private static boolean isOfItsRow(RexNode value) {
      return !RexOver.containsOver(value) && RexUtil.isDeterministic(value);
    }

    int width() {
      return scan.getRowType().getFieldCount();
    }
  }

  private static Optional<RelNode> shared(Join join) {
    boolean keepsLeft =
        join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT;
    Optional<Side> left = Side.of(join.getLeft());
    Optional<Side> right = Side.of(join.getRight()).filter(side -> side.above().isEmpty());
    return keepsLeft && join.getVariablesSet().isEmpty() && left.isPresent() && right.isPresent()
        ? shared(join, left.get(), right.get())
        : Optional.empty();
  }

  private static Optional<RelNode> shared(Join join, Side left, Side right) {
    if (!(join.getCondition() instanceof RexCall equals)
        || equals.getKind() != SqlKind.EQUALS
        || !(equals.getOperands().get(0) instanceof RexInputRef first)
        || !(equals.getOperands().get(1) instanceof RexInputRef second)) {
      return Optional.empty();
    }
    int front = Math.min(first.getIndex(), second.getIndex());
    int behind = Math.max(first.getIndex(), second.getIndex()) - left.shown().size();
    if (front >= left.shown().size()
        || behind < 0
        || !(left.shown().get(front) instanceof RexInputRef column)
        || !(right.shown().get(behind) instanceof RexInputRef key)) {
      return Optional.empty();
    }
    List<RexNode> others = new ArrayList<>(left.conditions());
    return others.removeIf(condition -> isLookUp(condition, column, key, right))
        ? behindOneFence(join, left, right, others, column, key)
        : Optional.empty();
  }

  /** Whether a condition says: {@code column in (select key from the table behind the fence)}. */
  private static boolean isLookUp(
      RexNode condition, RexInputRef column, RexInputRef key, Side right) {
    return condition.getKind() == SqlKind.IN
        && condition instanceof RexSubQuery in
        && in.getOperands().equals(List.of(column))
        && in.rel instanceof Project project
        && project.getVariablesSet().isEmpty()
        && project.getProjects().equals(List.of(key))
        && project.getInput() instanceof Filter filter
        && filter.getVariablesSet().isEmpty()
        && filter.getInput() instanceof TableScan scan
        && scan.getTable().getQualifiedName().equals(right.scan().getTable().getQualifiedName())
        && withKnownKey(RelOptUtil.conjunctions(filter.getCondition()), key)
            .equals(withKnownKey(right.conditions(), key));
  }

  /** A row whose key is null is neither found nor joined. */
  private static Set<RexNode> withKnownKey(List<RexNode> conditions, RexInputRef key) {
    Set<RexNode> others = new HashSet<>(conditions);
    others.removeIf(
        c -> c.getKind() == SqlKind.IS_NOT_NULL && ((RexCall) c).getOperands().contains(key));
    return others;
  }

  /** Empty if a value could not have the type that it has in the join. */
  private static Optional<RelNode> behindOneFence(
      Join join, Side left, Side right, List<RexNode> others, RexInputRef column, RexInputRef key) {
    RelNode both = together(join, left, right, others, column, key);
    List<RexNode> shown = new ArrayList<>(left.shown());
    right.shown().forEach(value -> shown.add(RexUtil.shift(value, left.width())));
    ImmutableBitSet fields = RelOptUtil.InputFinder.bits(shown, left.above().orElse(null));
    RelNode fence = GovernedScan.fence(named(both, fields));
    RexShuttle places =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return RexInputRef.of(fields.indexOf(ref.getIndex()), fence.getRowType());
          }
        };
    RelNode rows =
        left.above()
            .<RelNode>map(above -> LogicalFilter.create(fence, above.accept(places)))
            .orElse(fence);
    RelNode result =
        LogicalProject.create(
            rows, List.of(), places.visitList(shown), join.getRowType().getFieldNames(), Set.of());
    return Optional.of(result).filter(r -> r.getRowType().equals(join.getRowType()));
  }

  /**
   * The rows of both tables that belong together. A left join stays one by its types: a cast to
   * what may be null would be a cast in the warehouse, which has types that a plan takes for text.
   */
  private static RelNode together(
      Join join, Side left, Side right, List<RexNode> others, RexInputRef column, RexInputRef key) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    RexNode found = RexUtil.shift((RexNode) key, left.width());
    RelNode both =
        LogicalJoin.create(
            filtered(left.scan(), others),
            filtered(right.scan(), right.conditions()),
            List.of(),
            rex.makeCall(SqlStdOperatorTable.EQUALS, column, found),
            Set.of(),
            join.getJoinType());
    return join.getJoinType() == JoinRelType.INNER
        ? both
        : LogicalFilter.create(
            both,
            rex.makeCall(
                SqlStdOperatorTable.IS_NOT_NULL,
                rex.makeInputRef(both, ((RexInputRef) found).getIndex())));
  }

  private static RelNode filtered(TableScan scan, List<RexNode> conditions) {
    return conditions.isEmpty()
        ? scan
        : LogicalFilter.create(
            scan, RexUtil.composeConjunction(scan.getCluster().getRexBuilder(), conditions));
  }

  /** Some columns of a join, each under a name of its own. */
  private static RelNode named(RelNode join, ImmutableBitSet fields) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    List<RelDataTypeField> all = join.getRowType().getFieldList();
    return LogicalProject.create(
        join,
        List.of(),
        fields.toList().stream().map(i -> rex.makeInputRef(join, i)).toList(),
        fields.toList().stream().map(i -> all.get(i).getName()).toList(),
        Set.of());
  }
}
