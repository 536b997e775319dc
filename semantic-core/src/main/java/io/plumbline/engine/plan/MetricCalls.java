package io.plumbline.engine.plan;

import io.plumbline.definitions.Additivity;
import io.plumbline.definitions.Metric;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.catalog.SuppressedColumn;
import io.plumbline.engine.plan.SemanticRelation.Output;
import io.plumbline.engine.sql.MetricOperators;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Reads the calls of an Aggregate, and refuses those that have no right answer. */
final class MetricCalls {

  private final SemanticRelation input;
  private final RexBuilder rex;
  private final ContextCalls changes;

  MetricCalls(SemanticRelation input, RexBuilder rex, SessionSettings settings) {
    this.input = input;
    this.rex = rex;
    this.changes = new ContextCalls(input, rex, settings);
  }

  List<MetricCall> read(Aggregate aggregate) {
    return aggregate.getAggCallList().stream().map(this::read).toList();
  }

  private MetricCall read(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID) {
      return new MetricCall.Grouping(call.getArgList());
    }
    Optional<RexNode> filter = filter(call);
    List<Output> arguments = call.getArgList().stream().map(i -> input.outputs().get(i)).toList();
    Optional<Output> metric =
        Stream.concat(
                arguments.stream(),
                call.getCollation().getFieldCollations().stream()
                    .map(order -> input.outputs().get(order.getFieldIndex())))
            .filter(o -> !(o instanceof Output.Plain))
            .findFirst();
    if (metric.isPresent()) {
      return ofMetric(call, metric.get(), filter);
    }
    if (MetricOperators.evaluatesMetric(call.getAggregation())) {
      throw new Refusal(
          SqlState.DATATYPE_MISMATCH,
          nameOf(call)
              + " evaluates a metric, and its argument is none. The metrics of metrics."
              + input.base().table().definition().name()
              + " are: "
              + String.join(", ", input.base().table().metricNames()));
    }
    if (countsRows(call, arguments)) {
      return new MetricCall.Presence(filter, !call.isDistinct());
    }
    if (filter.isPresent()) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          "FILTER on "
              + call.getAggregation().getName().toLowerCase(Locale.ROOT)
              + " of a dimension. Put the condition into WHERE");
    }
    return new MetricCall.Ordinary(
        arguments.stream().map(o -> ((Output.Plain) o).expression()).toList());
  }

  /**
   * {@code count(*)}, {@code count(1)}, {@code sum(1)}, {@code count(distinct key of the entity)}.
   */
  private boolean countsRows(AggregateCall call, List<Output> arguments) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.COUNT && arguments.isEmpty()) {
      return true;
    }
    if (arguments.size() != 1 || !(arguments.get(0) instanceof Output.Plain plain)) {
      return false;
    }
    if (kind == SqlKind.COUNT && call.isDistinct()) {
      return isEntityKey(plain.expression());
    }
    boolean constant = plain.expression() instanceof RexLiteral literal && !literal.isNull();
    return kind == SqlKind.COUNT && constant || isSum(kind) && isOne(plain.expression());
  }

  private boolean isEntityKey(RexNode expression) {
    return expression instanceof RexInputRef ref
        && input
            .base()
            .column(ref.getIndex())
            .equals(input.base().table().entityKey().map(k -> (SemanticColumn) k));
  }

  private static boolean isSum(SqlKind kind) {
    return kind == SqlKind.SUM || kind == SqlKind.SUM0;
  }

  private static boolean isOne(RexNode node) {
    return node instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.compareTo(BigDecimal.ONE) == 0;
  }

  // ---- calls of metrics ----

  private static String nameOf(AggregateCall call) {
    return call.getAggregation() == MetricOperators.AGGREGATE_AT
        ? "aggregate"
        : call.getAggregation().getName().toLowerCase(Locale.ROOT);
  }

  private MetricCall ofMetric(AggregateCall call, Output argument, Optional<RexNode> filter) {
    String function = nameOf(call);
    SemanticColumn.Metrical metric = metricOf(argument);
    boolean evaluates = MetricOperators.evaluatesMetric(call.getAggregation());
    if (call.isDistinct() || !evaluates && !isSum(call.getAggregation().getKind())) {
      throw wrongFunction(
          call.isDistinct()
              ? function + "(distinct " + metric.name() + ")"
              : function + "(" + metric.name() + ")",
          function,
          metric);
    }
    List<RexNode> conditions = new ArrayList<>();
    filter.ifPresent(conditions::add);
    if (SuppressedColumn.is(metric)) {
      return new MetricCall.Suppressed();
    }
    if (argument instanceof Output.Conditional conditional) {
      refuseTime(conditional.condition(), metric);
      conditions.add(conditional.condition());
    }
    return new MetricCall.OfMetric(
        metric,
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(RexUtil.composeConjunction(rex, conditions)),
        changes.read(call));
  }

  private Optional<RexNode> filter(AggregateCall call) {
    if (!call.hasFilter()) {
      return Optional.empty();
    }
    if (input.outputs().get(call.filterArg) instanceof Output.Plain plain) {
      RexNode condition = plain.expression();
      if (condition.isAlwaysTrue()) {
        return Optional.empty();
      }
      if (reads(condition)) {
        throw timeInFilter("FILTER");
      }
      return Optional.of(withoutIsTrue(condition));
    }
    throw new Refusal(
        SqlState.GROUPING_ERROR, "FILTER can't read a metric. Use HAVING on aggregate(...)");
  }

  /** The converter wraps a filter in IS TRUE, which a filter means anyway. */
  private static RexNode withoutIsTrue(RexNode condition) {
    return condition.getKind() == SqlKind.IS_TRUE
        ? ((RexCall) condition).getOperands().get(0)
        : condition;
  }

  private void refuseTime(RexNode condition, SemanticColumn.Metrical metric) {
    if (reads(condition)) {
      throw timeInFilter("CASE over " + metric.name());
    }
  }

  private boolean reads(RexNode condition) {
    return RelOptUtil.InputFinder.bits(condition).toList().stream()
        .anyMatch(i -> input.base().time(i).isPresent());
  }

  private static Refusal timeInFilter(String where) {
    return new Refusal(
        SqlState.GROUPING_ERROR,
        "time inside "
            + where
            + " would cut the history that a metric needs. Choose the range with WHERE, or another"
            + " time with aggregate(metric) at (previous period), at (same period last year) or at"
            + " (on <date>)");
  }

  private Refusal wrongFunction(String call, String function, SemanticColumn.Metrical metric) {
    String name = metric.name();
    String table = "metrics." + input.base().table().definition().name();
    Additivity additivity = metric.metric().additivity();
    String why =
        isRatio(metric)
            ? name + " is a ratio (it must be evaluated for each group)"
            : additivity == Additivity.SEMI_ADDITIVE
                ? name + " is a snapshot (it does not add up over time)"
                : name + " is a metric, which knows how it is aggregated";
    String remedy =
        function.equals("avg")
            ? ". Use aggregate("
                + name
                + "), or average the months: select avg(m) from (select month, aggregate("
                + name
                + ") m from "
                + table
                + " group by month)"
            : function.equals("min") || function.equals("max")
                ? ". Use aggregate("
                    + name
                    + "), or take the "
                    + function
                    + " of the months: select "
                    + function
                    + "(m) from (select month, aggregate("
                    + name
                    + ") m from "
                    + table
                    + " group by month)"
                : ". Use aggregate(" + name + "); to count entities use count(*)";
    return new Refusal(SqlState.GROUPING_ERROR, call + ": " + why + remedy, function, name);
  }

  static boolean isRatio(SemanticColumn.Metrical metric) {
    return metric.metric() instanceof Metric.Ratio
        || metric.metric() instanceof Metric.Derived
            && metric.metric().additivity() == Additivity.NON_ADDITIVE;
  }

  static String nameOf(Output output) {
    return output instanceof Output.Plain ? "a column" : metricOf(output).name();
  }

  private static SemanticColumn.Metrical metricOf(Output output) {
    if (output instanceof Output.Unevaluated unevaluated) {
      return unevaluated.metric();
    }
    return ((Output.Conditional) output).metric();
  }
}
