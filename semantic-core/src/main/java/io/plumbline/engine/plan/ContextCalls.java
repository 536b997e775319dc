package io.plumbline.engine.plan;

import io.plumbline.definitions.TimeShift;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.plan.SemanticRelation.Output;
import io.plumbline.engine.sql.ContextOperators;
import io.plumbline.engine.sql.MetricOperators;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Reads the changes of context in {@code aggregate(metric) at (change, ...)}. */
final class ContextCalls {

  private final SemanticRelation input;
  private final RexBuilder rex;
  private final SessionSettings settings;

  ContextCalls(SemanticRelation input, RexBuilder rex, SessionSettings settings) {
    this.input = input;
    this.rex = rex;
    this.settings = settings;
  }

  /** The changes that a call carries behind its metric; none for other calls. */
  List<ContextChange> read(AggregateCall call) {
    if (call.getAggregation() != MetricOperators.AGGREGATE_AT) {
      return List.of();
    }
    return call.getArgList().stream().skip(1).map(i -> read(input.outputs().get(i))).toList();
  }

  private ContextChange read(Output argument) {
    RexCall change = (RexCall) ((Output.Plain) argument).expression();
    List<RexNode> operands = change.getOperands();
    SqlOperator operator = change.getOperator();
    if (operator == ContextOperators.PREVIOUS) {
      return new ContextChange.Earlier(previous(operands.get(0)));
    }
    if (operator == ContextOperators.LAST_YEAR) {
      return new ContextChange.Earlier(new TimeShift.LastYear());
    }
    if (operator == ContextOperators.ALL) {
      return operands.isEmpty()
          ? new ContextChange.Ungrouped()
          : new ContextChange.UngroupedBy(dimensions(operands));
    }
    if (operator == ContextOperators.BENCHMARK) {
      return new ContextChange.OfBenchmark();
    }
    if (operator == ContextOperators.INSTEAD) {
      return instead(operands.get(0), operands.get(1));
    }
    return operator == ContextOperators.ON ? on(operands.get(0)) : known(operands.get(0));
  }

  private static TimeShift previous(RexNode count) {
    int periods = count instanceof RexLiteral literal ? RexLiteral.intValue(literal) : 0;
    if (periods < 1 || periods > 1000) {
      throw new Refusal(
          SqlState.INVALID_PARAMETER, "at (previous N periods) takes an N from 1 to 1000");
    }
    return new TimeShift.Periods(periods);
  }

  // ---- dimensions ----

  private Set<Integer> dimensions(List<RexNode> expressions) {
    Set<Integer> fields = new TreeSet<>();
    for (RexNode expression : expressions) {
      if (input.base().readsTime(expression)) {
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            "at (...) changes dimensions, and "
                + expressionName(expression)
                + " is time. Choose another time with at (previous period), at (same period last"
                + " year) or at (on <date>)",
            expressionName(expression));
      }
      fields.addAll(Correlations.fields(expression).toList());
    }
    return fields;
  }

  private String expressionName(RexNode expression) {
    return Correlations.fields(expression).toList().stream()
        .flatMap(i -> input.base().time(i).stream())
        .map(TimeColumn::columnName)
        .findFirst()
        .orElse("the expression");
  }

  private ContextChange instead(RexNode dimension, RexNode value) {
    Set<Integer> fields = dimensions(List.of(dimension));
    if (!RexUtil.isConstant(value) && !(value instanceof RexDynamicParam)) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "at (dimension = value) takes a constant value, not another column");
    }
    RexNode filter =
        RexUtil.isNull(value)
            ? rex.makeCall(SqlStdOperatorTable.IS_NULL, dimension)
            : rex.makeCall(SqlStdOperatorTable.EQUALS, dimension, value);
    return new ContextChange.Instead(fields, filter);
  }

  // ---- time ----

  private ContextChange on(RexNode expression) {
    if (!input.base().isConstant(expression)) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "at (on <date>) takes one day, such as date '2025-08-15' or current_date. For the state"
              + " at the end of each period no at is needed");
    }
    LocalDate day =
        instant(compiled(expression).evaluate(i -> null)).atZone(settings.timeZone()).toLocalDate();
    if (day.isAfter(settings.asOf())) {
      throw new Refusal(
          SqlState.INVALID_PARAMETER, day + " is after as_of, which is " + settings.asOf());
    }
    return new ContextChange.OnDay(day);
  }

  private ContextChange known(RexNode expression) {
    if (input.base().readsEntities(expression)) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "at (known <timestamp>) takes a constant or an expression over period_end, such as"
              + " period_end + interval '5' day");
    }
    CalendarExpression compiled = compiled(expression);
    if (input.base().isConstant(expression)) {
      return new ContextChange.KnownAt(instant(compiled.evaluate(i -> null)));
    }
    Function<Period, Instant> ofPeriod =
        period ->
            instant(
                compiled.evaluate(
                    i -> input.base().time(i).orElseThrow().ofPeriod(period, settings.calendar())));
    return new ContextChange.KnownAfter(ofPeriod);
  }

  private CalendarExpression compiled(RexNode expression) {
    return new CalendarExpressions(rex, settings.asOf(), settings.timeZone()).compile(expression);
  }

  /** A day is its start; a time of day is read in the reporting zone. */
  private Instant instant(@Nullable Object value) {
    if (value instanceof LocalDate day) {
      return day.atStartOfDay(settings.timeZone()).toInstant();
    }
    if (value instanceof LocalDateTime time) {
      return time.atZone(settings.timeZone()).toInstant();
    }
    throw new Refusal(SqlState.INVALID_PARAMETER, "at (...) needs a time, which must not be null");
  }
}
