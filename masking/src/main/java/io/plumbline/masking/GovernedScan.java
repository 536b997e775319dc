package io.plumbline.masking;

import io.plumbline.engine.SourceScan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * A scan under its rules:
 *
 * <pre>
 *   scan  =>  Project(masks) <- Sort(offset 0) <- Filter(row filters, harmless conditions) <- scan
 * </pre>
 *
 * The Sort is a fence: neither the planner nor the warehouse moves an expression of the query past
 * an OFFSET, so that none is evaluated on a hidden row. It stands only where a row filter does.
 */
record GovernedScan(
    SourceScan scan, RowRules.Rules rules, RowConditions conditions, ScanMasks masks) {

  RelNode plan() {
    RelNode rows = rules.areNone() ? scan.scan() : fenced();
    return masks.over(rows, conditions);
  }

  private RelNode fenced() {
    RexBuilder rex = scan.scan().getCluster().getRexBuilder();
    RelNode visible =
        LogicalFilter.create(scan.scan(), RexUtil.composeConjunction(rex, visibleAndWanted(rex)));
    return fence(visible);
  }

  static RelNode fence(RelNode visible) {
    RexNode none = visible.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ZERO);
    return LogicalSort.create(visible, RelCollations.EMPTY, none, null);
  }

  static boolean isFence(RelNode node) {
    return node instanceof Sort sort
        && sort.fetch == null
        && sort.getCollation().getFieldCollations().isEmpty()
        && sort.offset instanceof RexLiteral offset
        && offset.getValue() instanceof BigDecimal skipped
        && skipped.signum() == 0;
  }

  /** A condition on a masked column is about the mask, and has to wait for it. */
  private List<RexNode> visibleAndWanted(RexBuilder rex) {
    List<RexNode> all = new ArrayList<>();
    all.add(visible(rex));
    scan.within().stream()
        .filter(c -> RelOptUtil.InputFinder.bits(c).toList().stream().noneMatch(masks::covers))
        .forEach(all::add);
    return all;
  }

  private RexNode visible(RexBuilder rex) {
    if (rules.hidesAll()) {
      return rex.makeLiteral(false);
    }
    TableName table = TableName.of(scan.table());
    return RexUtil.composeDisjunction(
        rex,
        rules.byRole().stream()
            .map(
                filters ->
                    RexUtil.composeConjunction(
                        rex, filters.stream().map(f -> conditions.condition(f, table)).toList()))
            .toList());
  }
}
