package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * From which source columns the fields of a plan come. Calcite's own answer is silent about scalar
 * subqueries. Where it is not known which input a field comes from, it comes from all of them.
 */
final class Origins {

  private Origins() {}

  /** The origins of every field. */
  static List<Set<Origin>> of(RelNode plan) {
    if (plan instanceof TableScan scan) {
      return ofScan(scan);
    }
    List<List<Set<Origin>>> inputs = plan.getInputs().stream().map(Origins::of).toList();
    if (plan instanceof Project project) {
      return project.getProjects().stream().map(p -> ofExpression(p, inputs.get(0))).toList();
    }
    if (plan instanceof Filter || plan instanceof Sort) {
      return inputs.get(0);
    }
    if (plan instanceof Join join) {
      List<Set<Origin>> both = new ArrayList<>(inputs.get(0));
      both.addAll(inputs.get(1));
      return both.subList(0, join.getRowType().getFieldCount());
    }
    if (plan instanceof Aggregate aggregate) {
      return ofAggregate(aggregate, inputs.get(0));
    }
    if (plan instanceof SetOp) {
      return ofSetOperation(plan.getRowType().getFieldCount(), inputs);
    }
    Set<Origin> any = inputs.stream().flatMap(List::stream).collect(Origins.together());
    return Collections.nCopies(plan.getRowType().getFieldCount(), any);
  }

  private static List<Set<Origin>> ofScan(TableScan scan) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    return scan.getRowType().getFieldNames().stream()
        .map(
            column ->
                table == null
                    ? Set.<Origin>of()
                    : Set.of(new Origin(table.schema(), table.name(), column, true)))
        .toList();
  }

  /** The origins of an expression over fields whose origins are known. */
  static Set<Origin> ofExpression(RexNode expression, List<Set<Origin>> fields) {
    if (expression instanceof RexInputRef ref) {
      return fields.get(ref.getIndex());
    }
    Set<Origin> origins = new LinkedHashSet<>();
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef ref) {
            fields.get(ref.getIndex()).forEach(o -> origins.add(o.computed()));
            return super.visitInputRef(ref);
          }

          @Override
          public Void visitSubQuery(RexSubQuery subQuery) {
            Origins.of(subQuery.rel).forEach(f -> f.forEach(o -> origins.add(o.computed())));
            return super.visitSubQuery(subQuery);
          }
        });
    return origins;
  }

  private static List<Set<Origin>> ofAggregate(Aggregate aggregate, List<Set<Origin>> input) {
    List<Set<Origin>> result = new ArrayList<>();
    aggregate.getGroupSet().forEach(key -> result.add(input.get(key)));
    for (AggregateCall call : aggregate.getAggCallList()) {
      result.add(call.getArgList().stream().map(input::get).collect(together()));
    }
    return result;
  }

  private static List<Set<Origin>> ofSetOperation(int width, List<List<Set<Origin>>> inputs) {
    List<Set<Origin>> result = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int field = i;
      result.add(
          inputs.stream().flatMap(input -> input.get(field).stream()).collect(Collectors.toSet()));
    }
    return result;
  }

  private static java.util.stream.Collector<Set<Origin>, ?, Set<Origin>> together() {
    return Collectors.flatMapping(
        origins -> origins.stream().map(Origin::computed), Collectors.toSet());
  }
}
