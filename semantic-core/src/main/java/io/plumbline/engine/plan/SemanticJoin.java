package io.plumbline.engine.plan;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.plan.SemanticRelation.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * A join of a semantic relation to another one before its metrics are evaluated: allowed where the
 * other side is unique on the key, so that it filters or adds dimensions and multiplies no rows.
 */
final class SemanticJoin {

  private final RelDataTypeFactory types;

  SemanticJoin(RelDataTypeFactory types) {
    this.types = types;
  }

  /**
   * A join of a semantic relation (left or right) to another one, which must be unique on the
   * columns of the condition.
   *
   * @param other the other input, lowered already
   */
  SemanticRelation join(
      Join join, SemanticRelation semantic, RelNode other, boolean semanticIsLeft) {
    if (semantic.limit().isPresent()) {
      throw SemanticRelationReader.limited();
    }
    JoinRelType type = semanticIsLeft ? join.getJoinType() : join.getJoinType().swap();
    int otherWidth = other.getRowType().getFieldCount();
    checkType(type);
    checkUnique(join, semantic, semanticIsLeft ? join.getRight() : join.getLeft(), semanticIsLeft);
    int baseWidth = semantic.base().width();
    RexNode condition = joinCondition(join, semantic, otherWidth, semanticIsLeft);
    refuseTime(condition, semantic.base());
    BaseRow base = semantic.base().with(new BaseRow.Joined(other, type, condition));
    List<Output> own = semantic.outputs();
    List<Output> joined =
        type == JoinRelType.SEMI || type == JoinRelType.ANTI
            ? List.of()
            : IntStream.range(0, otherWidth)
                .mapToObj(i -> otherField(other, type, baseWidth, i))
                .toList();
    List<Output> outputs = new ArrayList<>(semanticIsLeft ? own : joined);
    outputs.addAll(semanticIsLeft ? joined : own);
    return new SemanticRelation(
        base, outputs, semantic.filters(), RelCollations.EMPTY, Optional.empty());
  }

  /** The condition of a join over the base row and, behind it, the other relation. */
  private static RexNode joinCondition(
      Join join, SemanticRelation semantic, int otherWidth, boolean semanticIsLeft) {
    int width = semantic.outputs().size();
    int baseWidth = semantic.base().width();
    return join.getCondition()
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                int i = ref.getIndex();
                boolean own = semanticIsLeft ? i < width : i >= otherWidth;
                int before = own == semanticIsLeft ? 0 : own ? otherWidth : width;
                return own
                    ? plainAt(semantic, i - before)
                    : new RexInputRef(baseWidth + i - before, ref.getType());
              }
            });
  }

  private Output otherField(RelNode other, JoinRelType type, int baseWidth, int field) {
    RelDataType fieldType = other.getRowType().getFieldList().get(field).getType();
    boolean nullable = type.generatesNullsOnRight() || fieldType.isNullable();
    return new Output.Plain(
        new RexInputRef(baseWidth + field, types.createTypeWithNullability(fieldType, nullable)));
  }

  private static RexNode plainAt(SemanticRelation relation, int position) {
    Output output = relation.outputs().get(position);
    if (output instanceof Output.Plain plain) {
      return plain.expression();
    }
    String name =
        output instanceof Output.Unevaluated u
            ? u.metric().name()
            : ((Output.Conditional) output).metric().name();
    throw new Refusal(
        SqlState.GROUPING_ERROR,
        "a join on " + name + ", which is not evaluated yet. Group first, and join the result",
        name);
  }

  private static void refuseTime(RexNode condition, BaseRow base) {
    for (int i : RelOptUtil.InputFinder.bits(condition)) {
      if (base.time(i).isPresent()) {
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "a join on time before the metrics are evaluated. Choose the range with WHERE, or group"
                + " first and join the result",
            base.time(i).get().columnName());
      }
    }
  }

  private static void checkType(JoinRelType type) {
    if (type == JoinRelType.RIGHT || type == JoinRelType.FULL) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "a "
              + type.name().toLowerCase(Locale.ROOT)
              + " join of metrics that are not evaluated yet. Group first, and join the result");
    }
  }

  private void checkUnique(
      Join join, SemanticRelation semantic, RelNode other, boolean semanticIsLeft) {
    int width = semantic.outputs().size();
    int otherWidth = other.getRowType().getFieldCount();
    List<Integer> keys = new ArrayList<>();
    boolean onlyEquals = true;
    for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
      Optional<Integer> key = otherKey(conjunct, width, otherWidth, semanticIsLeft);
      key.ifPresent(keys::add);
      onlyEquals &= key.isPresent();
    }
    boolean single = isSingleRow(other);
    boolean filters =
        join.getJoinType() == JoinRelType.SEMI || join.getJoinType() == JoinRelType.ANTI;
    if (!filters && !single && (keys.isEmpty() || !Uniqueness.isUnique(other, Set.copyOf(keys)))) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "this join could multiply the rows of metrics."
              + semantic.base().table().definition().name()
              + " before they are evaluated, because the other side is not known to be unique on"
              + " the join key"
              + (onlyEquals ? "" : " (a condition other than =)")
              + ". Group the other side by the key, or aggregate the metrics first and join the"
              + " result");
    }
  }

  private static boolean isSingleRow(RelNode other) {
    return Uniqueness.isUnique(other, Set.of());
  }

  /** The other side's column of an equality between the two sides. */
  private static Optional<Integer> otherKey(
      RexNode conjunct, int width, int otherWidth, boolean semanticIsLeft) {
    if (!(conjunct instanceof RexCall call)
        || call.getKind() != SqlKind.EQUALS && call.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
      return Optional.empty();
    }
    for (RexNode operand : call.getOperands()) {
      RexNode bare = SemanticRelationReader.withoutCast(operand);
      if (bare instanceof RexInputRef ref) {
        boolean own = semanticIsLeft ? ref.getIndex() < width : ref.getIndex() >= otherWidth;
        if (!own) {
          return Optional.of(semanticIsLeft ? ref.getIndex() - width : ref.getIndex());
        }
      }
    }
    return Optional.empty();
  }
}
