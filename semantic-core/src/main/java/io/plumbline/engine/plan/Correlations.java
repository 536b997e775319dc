package io.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Moves an expression from the row of one relation to that of another, with the subqueries in it
 * and what these say of the outer row.
 */
final class Correlations extends RexShuttle {

  private final RexBuilder rex;
  private final Set<CorrelationId> ids;
  private final RelDataType target;
  private final IntFunction<RexNode> fields;

  /**
   * @param ids by which subqueries refer to the outer row
   * @param target the row type to which the expression moves
   * @param fields what becomes of a field, over the target row
   */
  Correlations(
      RexBuilder rex, Set<CorrelationId> ids, RelDataType target, IntFunction<RexNode> fields) {
    this.rex = rex;
    this.ids = ids;
    this.target = target;
    this.fields = fields;
  }

  /** The variables by which the subqueries of an expression refer to its row. */
  static Set<CorrelationId> outerVariables(RexNode expression) {
    List<RexSubQuery> subQueries = new ArrayList<>();
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public @Nullable Void visitSubQuery(RexSubQuery subQuery) {
            subQueries.add(subQuery);
            return super.visitSubQuery(subQuery);
          }
        });
    return RelOptUtil.getVariablesUsed(subQueries);
  }

  /** The fields of its row that an expression reads, in its subqueries too. */
  static ImmutableBitSet fields(RexNode expression) {
    ImmutableBitSet.Builder read = RelOptUtil.InputFinder.bits(expression).rebuild();
    Set<CorrelationId> ids = outerVariables(expression);
    if (!ids.isEmpty()) {
      expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
              if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                  && ids.contains(variable.id)) {
                read.set(access.getField().getIndex());
              }
              return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
              visitExpressions(subQuery.rel, this);
              return super.visitSubQuery(subQuery);
            }
          });
    }
    return read.build();
  }

  private static void visitExpressions(RelNode relation, RexShuttle visitor) {
    relation.accept(visitor);
    relation.getInputs().forEach(input -> visitExpressions(input, visitor));
  }

  @Override
  public RexNode visitInputRef(RexInputRef ref) {
    return fields.apply(ref.getIndex());
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery moved = (RexSubQuery) super.visitSubQuery(subQuery);
    return ids.isEmpty() ? moved : moved.clone(inside(moved.rel));
  }

  /** Within a subquery only what refers to the outer row moves. */
  private RelNode inside(RelNode relation) {
    RexShuttle outerReferences =
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                && ids.contains(variable.id)) {
              return outer(variable.id, fields.apply(access.getField().getIndex()));
            }
            return super.visitFieldAccess(access);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery nested) {
            RexSubQuery moved = (RexSubQuery) super.visitSubQuery(nested);
            return moved.clone(inside(moved.rel));
          }
        };
    return relation.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(outerReferences);
          }
        });
  }

  /** The expression with the fields of the outer row reached through its variable. */
  private RexNode outer(CorrelationId id, RexNode expression) {
    RexNode row = rex.makeCorrel(target, id);
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return rex.makeFieldAccess(row, ref.getIndex());
          }
        });
  }
}
