package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.SemanticRelation.Output;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Reads projections, filters, orders and joins over a semantic table as one {@link
 * SemanticRelation}, and refuses what has no meaning before metrics are evaluated.
 */
final class SemanticRelationReader {

  private final RexBuilder rex;
  private final RelDataTypeFactory types;
  private final SessionSettings settings;

  SemanticRelationReader(RexBuilder rex, RelDataTypeFactory types, SessionSettings settings) {
    this.settings = settings;
    this.rex = rex;
    this.types = types;
  }

  SemanticRelation scan(SemanticCatalogTable table) {
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      SemanticColumn column = table.columns().get(i);
      outputs.add(
          column instanceof SemanticColumn.Metrical metric
              ? new Output.Unevaluated(metric)
              : new Output.Plain(new RexInputRef(i, column.type())));
    }
    return SemanticRelation.of(BaseRow.of(table), outputs);
  }

  // ---- projections ----

  SemanticRelation project(Project project, SemanticRelation input) {
    return input.withOutputs(
        project.getProjects().stream().map(expression -> output(expression, input)).toList());
  }

  private Output output(RexNode expression, SemanticRelation input) {
    if (expression instanceof RexInputRef ref) {
      return input.outputs().get(ref.getIndex());
    }
    Optional<SemanticColumn.Metrical> metric = firstMetric(expression, input);
    if (metric.isEmpty()) {
      if (RexOver.containsOver(expression)) {
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "a window over rows that are not evaluated yet. Group first, and put the window over"
                + " the result");
      }
      return new Output.Plain(overBase(expression, input));
    }
    return conditional(expression, input).orElseThrow(() -> functionOf(expression, metric.get()));
  }

  private static Optional<SemanticColumn.Metrical> firstMetric(
      RexNode expression, SemanticRelation input) {
    for (int i : RelOptUtil.InputFinder.bits(expression)) {
      Output output = input.outputs().get(i);
      if (output instanceof Output.Unevaluated unevaluated) {
        return Optional.of(unevaluated.metric());
      }
      if (output instanceof Output.Conditional conditional) {
        return Optional.of(conditional.metric());
      }
    }
    return Optional.empty();
  }

  /** {@code CASE WHEN dimensions THEN metric [ELSE 0 | NULL] END}. */
  private Optional<Output> conditional(RexNode expression, SemanticRelation input) {
    if (!(expression instanceof RexCall call)
        || call.getKind() != SqlKind.CASE
        || call.getOperands().size() != 3
        || !isNothing(call.getOperands().get(2))
        || firstMetric(call.getOperands().get(0), input).isPresent()) {
      return Optional.empty();
    }
    RexNode then = withoutCast(call.getOperands().get(1));
    if (then instanceof RexInputRef ref
        && input.outputs().get(ref.getIndex()) instanceof Output.Unevaluated metric) {
      return Optional.of(
          new Output.Conditional(metric.metric(), overBase(call.getOperands().get(0), input)));
    }
    return Optional.empty();
  }

  private static boolean isNothing(RexNode node) {
    RexNode bare = withoutCast(node);
    return RexUtil.isNull(bare)
        || bare instanceof RexLiteral literal
            && literal.getValue() instanceof BigDecimal number
            && number.signum() == 0;
  }

  private static RexNode withoutCast(RexNode node) {
    return node.getKind() == SqlKind.CAST
        ? withoutCast(((RexCall) node).getOperands().get(0))
        : node;
  }

  private static Refusal functionOf(RexNode expression, SemanticColumn.Metrical metric) {
    String name = metric.name();
    if (RexOver.containsOver(expression)) {
      return new Refusal(
          SqlState.GROUPING_ERROR,
          "a window over "
              + name
              + ", which is not evaluated yet. Group first: sum(aggregate("
              + name
              + ")) over (...)",
          name);
    }
    String what = expression.getKind() == SqlKind.CASE ? "CASE" : "an expression";
    return new Refusal(
        SqlState.GROUPING_ERROR,
        what
            + " over "
            + name
            + ", which is not evaluated yet. Use aggregate("
            + name
            + ") with GROUP BY, and calculate with its result",
        name);
  }

  // ---- filters ----

  SemanticRelation filter(Filter filter, SemanticRelation input) {
    if (input.limit().isPresent()) {
      throw limited();
    }
    SemanticRelation result = input;
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<SemanticColumn.Metrical> metric = firstMetric(condition, input);
      if (metric.isPresent()) {
        String name = metric.get().name();
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "WHERE can't read "
                + name
                + ", which is evaluated by groups. Use HAVING aggregate("
                + name
                + "), or filter the result of a grouped subquery",
            name);
      }
      result = result.withFilter(folded(overBase(condition, input)));
    }
    return result;
  }

  /** A condition without columns, such as {@code 1 = 0}, is decided now. */
  private RexNode folded(RexNode condition) {
    if (RexUtil.isNull(condition)) {
      return rex.makeLiteral(false);
    }
    if (!RexUtil.isConstant(condition) || condition instanceof RexLiteral) {
      return condition;
    }
    try {
      Object value =
          new CalendarExpressions(rex, settings.asOf(), settings.timeZone())
              .compile(condition)
              .evaluate(i -> null);
      return rex.makeLiteral(Boolean.TRUE.equals(value));
    } catch (QueryException notOfTheCalendar) {
      return condition;
    }
  }

  /** Moves an expression over the outputs to the base row, with what its subqueries say of it. */
  private RexNode overBase(RexNode expression, SemanticRelation input) {
    Set<CorrelationId> ids = Correlations.outerVariables(expression);
    return expression.accept(
        new Correlations(
            rex,
            ids,
            baseType(input.base()),
            i -> {
              if (input.outputs().get(i) instanceof Output.Plain plain) {
                return plain.expression();
              }
              throw new Refusal(
                  SqlState.GROUPING_ERROR,
                  "a subquery refers to a metric of the outer query, which is not evaluated yet");
            }));
  }

  private RelDataType baseType(BaseRow base) {
    RelDataTypeFactory.Builder row = types.builder();
    base.table().columns().forEach(column -> row.add(column.name(), column.type()));
    int number = 0;
    for (BaseRow.Joined joined : base.joined()) {
      for (var field : joined.relation().getRowType().getFieldList()) {
        row.add("joined" + number++, field.getType());
      }
    }
    return row.build();
  }

  // ---- order ----

  SemanticRelation sort(Sort sort, SemanticRelation input) {
    if (input.limit().isPresent()) {
      throw limited();
    }
    boolean cuts = sort.fetch != null || sort.offset != null;
    Optional<SemanticRelation.Limit> limit =
        cuts
            ? Optional.of(
                new SemanticRelation.Limit(
                    Optional.ofNullable(sort.offset), Optional.ofNullable(sort.fetch)))
            : Optional.empty();
    return input.ordered(sort.getCollation(), limit);
  }

  static Refusal limited() {
    return new Refusal(
        SqlState.GROUPING_ERROR,
        "LIMIT over rows that are not evaluated yet. Group first, then limit the result");
  }

  // ---- joins ----

  /**
   * A join of a semantic relation (left or right) to another one, which must be unique on the
   * columns of the condition.
   *
   * @param other the other input, lowered already
   */
  SemanticRelation join(
      Join join, SemanticRelation semantic, RelNode other, boolean semanticIsLeft) {
    if (semantic.limit().isPresent()) {
      throw limited();
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
      RexNode bare = withoutCast(operand);
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
