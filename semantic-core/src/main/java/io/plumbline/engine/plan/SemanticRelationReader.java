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
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
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
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Reads projections, filters and orders over a semantic table as one {@link SemanticRelation}, and
 * refuses what has no meaning before metrics are evaluated.
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

  /** {@code CASE WHEN dimensions THEN metric [ELSE 0 | NULL] END}, or the other way round. */
  private Optional<Output> conditional(RexNode expression, SemanticRelation input) {
    if (!(expression instanceof RexCall call)
        || call.getKind() != SqlKind.CASE
        || call.getOperands().size() != 3
        || firstMetric(call.getOperands().get(0), input).isPresent()) {
      return Optional.empty();
    }
    RexNode condition = call.getOperands().get(0);
    RexNode then = call.getOperands().get(1);
    RexNode otherwise = call.getOperands().get(2);
    if (isNothing(then)) {
      RexNode not = rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition);
      return conditional(not, otherwise, input);
    }
    return isNothing(otherwise) ? conditional(condition, then, input) : Optional.empty();
  }

  private Optional<Output> conditional(RexNode condition, RexNode then, SemanticRelation input) {
    return withoutCast(then) instanceof RexInputRef ref
            && input.outputs().get(ref.getIndex()) instanceof Output.Unevaluated metric
        ? Optional.of(new Output.Conditional(metric.metric(), overBase(condition, input)))
        : Optional.empty();
  }

  private static boolean isNothing(RexNode node) {
    RexNode bare = withoutCast(node);
    return RexUtil.isNull(bare)
        || bare instanceof RexLiteral literal
            && literal.getValue() instanceof BigDecimal number
            && number.signum() == 0;
  }

  static RexNode withoutCast(RexNode node) {
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
}
