package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The source columns that a plan reads for any purpose: to show, filter, join, group or sort. What
 * a scan offers and nothing above it uses is not read.
 */
final class ReadColumns {

  private final Set<Origin> read = new HashSet<>();
  private final Map<RelNode, ImmutableBitSet> seen = new IdentityHashMap<>();
  private final Map<CorrelationId, ImmutableBitSet> correlated = new HashMap<>();

  private ReadColumns() {}

  static Set<Origin> of(RelNode plan) {
    ReadColumns columns = new ReadColumns();
    columns.all(plan);
    return columns.read;
  }

  private void all(RelNode node) {
    read(node, ImmutableBitSet.range(node.getRowType().getFieldCount()));
  }

  /** A part of a plan may stand in it several times; it is followed for new fields only. */
  private void read(RelNode node, ImmutableBitSet fields) {
    ImmutableBitSet before = seen.get(node);
    if (before != null && before.contains(fields)) {
      return;
    }
    seen.put(node, before == null ? fields : before.union(fields));
    if (node instanceof TableScan scan) {
      scan(scan, fields);
    } else if (node instanceof Project project) {
      project(project, fields);
    } else if (node instanceof Filter filter) {
      read(filter.getInput(), fields.union(used(filter.getCondition())).union(outer(filter)));
    } else if (node instanceof Sort sort) {
      read(sort.getInput(), fields.union(ImmutableBitSet.of(sort.getCollation().getKeys())));
    } else if (node instanceof Aggregate aggregate) {
      aggregate(aggregate, fields);
    } else if (node instanceof Join join) {
      sides(join, fields.union(used(join.getCondition())).union(outer(join)));
    } else if (node instanceof Correlate correlate) {
      correlate(correlate, fields);
    } else if (node instanceof Union union && union.all) {
      union.getInputs().forEach(input -> read(input, fields));
    } else {
      node.getInputs().forEach(this::all);
    }
  }

  private void scan(TableScan scan, ImmutableBitSet fields) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    if (table != null) {
      List<String> names = scan.getRowType().getFieldNames();
      fields.forEachInt(
          i -> read.add(new Origin(table.schema(), table.name(), names.get(i), false)));
    }
  }

  private void project(Project project, ImmutableBitSet fields) {
    ImmutableBitSet input = ImmutableBitSet.of();
    for (int field : fields) {
      input = input.union(used(project.getProjects().get(field)));
    }
    read(project.getInput(), input.union(outer(project)));
  }

  private void aggregate(Aggregate aggregate, ImmutableBitSet fields) {
    ImmutableBitSet input = aggregate.getGroupSet();
    List<AggregateCall> calls = aggregate.getAggCallList();
    for (int field : fields) {
      int call = field - aggregate.getGroupCount();
      if (call >= 0) {
        input = input.union(used(calls.get(call)));
      }
    }
    read(aggregate.getInput(), input);
  }

  private static ImmutableBitSet used(AggregateCall call) {
    ImmutableBitSet.Builder fields = ImmutableBitSet.builder().addAll(call.getArgList());
    if (call.filterArg >= 0) {
      fields.set(call.filterArg);
    }
    return fields.addAll(call.getCollation().getKeys()).build();
  }

  private void sides(Join join, ImmutableBitSet fields) {
    int left = join.getLeft().getRowType().getFieldCount();
    int right = join.getRight().getRowType().getFieldCount();
    read(join.getLeft(), fields.intersect(ImmutableBitSet.range(left)));
    read(join.getRight(), fields.intersect(ImmutableBitSet.range(left, left + right)).shift(-left));
  }

  private void correlate(Correlate correlate, ImmutableBitSet fields) {
    int left = correlate.getLeft().getRowType().getFieldCount();
    ImmutableBitSet right =
        fields.intersect(ImmutableBitSet.range(left, Math.max(left, fields.length())));
    read(correlate.getRight(), right.shift(-left));
    read(
        correlate.getLeft(),
        fields.intersect(ImmutableBitSet.range(left)).union(correlate.getRequiredColumns()));
  }

  /** The fields that an expression refers to; its subqueries are read on the way. */
  private ImmutableBitSet used(RexNode expression) {
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitSubQuery(RexSubQuery subQuery) {
            all(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }

          @Override
          public Void visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
              correlated.merge(
                  variable.id,
                  ImmutableBitSet.of(access.getField().getIndex()),
                  ImmutableBitSet::union);
            }
            return super.visitFieldAccess(access);
          }
        });
    return InputFinder.bits(expression);
  }

  /** The fields of a node's input that its subqueries refer to from inside. */
  private ImmutableBitSet outer(RelNode node) {
    ImmutableBitSet fields = ImmutableBitSet.of();
    for (CorrelationId id : node.getVariablesSet()) {
      fields = fields.union(correlated.getOrDefault(id, ImmutableBitSet.of()));
    }
    return fields;
  }
}
