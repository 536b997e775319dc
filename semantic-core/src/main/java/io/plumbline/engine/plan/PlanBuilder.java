package io.plumbline.engine.plan;

import io.plumbline.engine.sql.InfixOperators;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RelBuilder} that speaks of fields by name and knows the few shapes that lowering needs.
 */
final class PlanBuilder {

  private static final SqlFunction TRIM_SCALE =
      new SqlFunction(
          "TRIM_SCALE",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.NUMERIC,
          SqlFunctionCategory.NUMERIC);

  /** An expression and the name of the field that it becomes. */
  record Named(String name, RexNode expression) {}

  private final RelBuilder builder;
  private final RexBuilder rex;
  private final RelDataTypeFactory types;
  private @Nullable RelNode ownFilter;

  PlanBuilder(RelBuilder builder) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
    this.types = builder.getTypeFactory();
  }

  RelBuilder relBuilder() {
    return builder;
  }

  RexBuilder rexBuilder() {
    return rex;
  }

  RelDataTypeFactory types() {
    return types;
  }

  // ---- relations ----

  PlanBuilder push(RelNode relation) {
    builder.push(relation);
    return this;
  }

  RelNode build() {
    return builder.build();
  }

  /** Projects kept fields by name, then new ones. */
  PlanBuilder project(List<String> kept, List<Named> added) {
    List<RexNode> expressions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String name : kept) {
      expressions.add(field(name));
      names.add(name);
    }
    for (Named named : added) {
      expressions.add(named.expression());
      names.add(named.name());
    }
    builder.project(expressions, names, true);
    return this;
  }

  /** Every pair of the two relations on top. */
  PlanBuilder cross() {
    builder.join(JoinRelType.INNER, rex.makeLiteral(true));
    return this;
  }

  /** Groups by fields and sums others, which keep their names. */
  PlanBuilder sums(List<String> keys, List<String> summed) {
    builder.aggregate(
        builder.groupKey(fields(keys)),
        summed.stream()
            .map(name -> builder.aggregateCall(SqlStdOperatorTable.SUM, field(name)).as(name))
            .toList());
    return this;
  }

  /**
   * Groups by fields and takes the one value that is not null of others, which keep their names.
   */
  PlanBuilder onlyValues(List<String> keys, List<String> values) {
    builder.aggregate(
        builder.groupKey(fields(keys)),
        values.stream()
            .map(name -> builder.aggregateCall(SqlStdOperatorTable.MAX, field(name)).as(name))
            .toList());
    return this;
  }

  /**
   * The rows without repetition. RelBuilder's own first asks the metadata whether there can be
   * repetitions, which lowering knows.
   */
  PlanBuilder distinct() {
    RelNode rows = builder.build();
    ImmutableBitSet all = ImmutableBitSet.range(rows.getRowType().getFieldCount());
    builder.push(LogicalAggregate.create(rows, List.of(), all, null, List.of()));
    return this;
  }

  /**
   * Keeps the rows that fulfil the conditions. The filter put here before gets them too; one that
   * was pushed, such as a governor's, stays as it is.
   */
  PlanBuilder filter(RexNode... conditions) {
    List<RexNode> all = new ArrayList<>(List.of(conditions));
    if (builder.peek() == ownFilter && ownFilter instanceof Filter before) {
      builder.build();
      builder.push(before.getInput());
      all.add(0, before.getCondition());
    }
    RelNode filtered = builder.peek();
    builder.filter(all);
    ownFilter = builder.peek() == filtered ? null : builder.peek();
    return this;
  }

  /** The relations, one after the other; all have the same fields. */
  PlanBuilder unionAll(List<RelNode> relations) {
    relations.forEach(builder::push);
    if (relations.size() > 1) {
      builder.union(true, relations.size());
    }
    return this;
  }

  /** Rows of literals. */
  PlanBuilder values(RelDataType rowType, List<List<RexLiteral>> rows) {
    if (rows.isEmpty()) {
      builder.push(LogicalValues.createEmpty(builder.getCluster(), rowType));
    } else {
      builder.values(rows, rowType);
    }
    return this;
  }

  // ---- expressions ----

  RexNode field(String name) {
    return builder.field(name);
  }

  List<RexNode> fields(List<String> names) {
    return names.stream().map(this::field).toList();
  }

  RexNode call(SqlOperator operator, RexNode... operands) {
    return builder.call(operator, operands);
  }

  RexLiteral number(long value) {
    return rex.makeExactLiteral(
        BigDecimal.valueOf(value), types.createSqlType(SqlTypeName.INTEGER));
  }

  RexLiteral date(LocalDate day) {
    return rex.makeDateLiteral(new DateString(day.toString()));
  }

  RexLiteral instant(Instant instant) {
    return rex.makeTimestampWithLocalTimeZoneLiteral(
        TimestampString.fromMillisSinceEpoch(instant.toEpochMilli()), 6);
  }

  RexLiteral text(String value) {
    return rex.makeLiteral(value);
  }

  RexNode nullOf(RelDataType type) {
    return rex.makeNullLiteral(types.createTypeWithNullability(type, true));
  }

  RelDataType numeric() {
    return PlumblineTypeSystem.numeric(types, true);
  }

  RelDataType integer() {
    return types.createSqlType(SqlTypeName.INTEGER);
  }

  /** The day of a moment on the clocks of a zone. */
  RexNode localDay(RexNode moment, ZoneId zone) {
    if (moment.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return moment;
    }
    RexNode clock = call(InfixOperators.AT_TIME_ZONE, moment, text(zone.getId()));
    return rex.makeCast(
        types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.DATE), moment.getType().isNullable()),
        clock);
  }

  /** Whether the two relations on top have the same value in a field of this name. */
  RexNode same(String field) {
    return call(SqlStdOperatorTable.EQUALS, builder.field(2, 0, field), builder.field(2, 1, field));
  }

  RexNode plus(RexNode a, RexNode b) {
    return call(SqlStdOperatorTable.PLUS, a, b);
  }

  RexNode minus(RexNode a, RexNode b) {
    return call(SqlStdOperatorTable.MINUS, a, b);
  }

  RexNode times(RexNode a, RexNode b) {
    return call(SqlStdOperatorTable.MULTIPLY, a, b);
  }

  RexNode negated(RexNode a) {
    return call(SqlStdOperatorTable.UNARY_MINUS, a);
  }

  RexNode isPositive(RexNode a) {
    return call(SqlStdOperatorTable.GREATER_THAN, a, number(0));
  }

  RexNode isZero(RexNode a) {
    return call(SqlStdOperatorTable.EQUALS, a, number(0));
  }

  RexNode choose(RexNode condition, RexNode then, RexNode otherwise) {
    return call(SqlStdOperatorTable.CASE, condition, then, otherwise);
  }

  /** 1 where the condition holds, else 0. */
  RexNode one(RexNode condition) {
    return choose(condition, number(1), number(0));
  }

  RexNode orZero(RexNode value) {
    return call(SqlStdOperatorTable.COALESCE, value, number(0));
  }

  /** A value that may be unknown where a mark is set, and is 0 where it is not. */
  RexNode zeroWithout(RexNode mark, RexNode value) {
    return choose(call(SqlStdOperatorTable.IS_NULL, mark), number(0), value);
  }

  /** A decimal without the zeros that calculating with it has put at its end. */
  RexNode trimmed(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        ? call(TRIM_SCALE, value)
        : value;
  }

  /** Exact quotient; null where the denominator is 0. */
  RexNode ratio(RexNode numerator, RexNode denominator) {
    RexNode exact =
        SqlTypeUtil.isIntType(numerator.getType())
            ? rex.makeAbstractCast(numeric(), numerator, false)
            : numerator;
    return call(
        SqlStdOperatorTable.DIVIDE,
        exact,
        call(SqlStdOperatorTable.NULLIF, denominator, number(0)));
  }

  /** Running sum up to the current row, with its peers. */
  RexNode runningSum(RexNode value, List<RexNode> partition, RexNode order) {
    return running(SqlStdOperatorTable.SUM, value, partition, order);
  }

  /**
   * Running aggregate up to the current row, with its peers. Calcite's default frame ends at
   * UNBOUNDED FOLLOWING, hence the explicit one.
   */
  RexNode running(
      SqlAggFunction aggregator, RexNode value, List<RexNode> partition, RexNode order) {
    return builder
        .aggregateCall(aggregator, value)
        .over()
        .partitionBy(partition)
        .orderBy(order)
        .rangeBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
        .toRex();
  }

  /** How many values that are not null there were up to the current row, with its peers. */
  RexNode runningCount(RexNode value, List<RexNode> partition, RexNode order) {
    return running(SqlStdOperatorTable.COUNT, value, partition, order);
  }

  /** Sum over all rows of the partition. */
  RexNode sumWithin(RexNode value, List<RexNode> partition) {
    return within(builder.aggregateCall(SqlStdOperatorTable.SUM, value), partition);
  }

  /** The greatest value of all rows of the partition. */
  RexNode maxWithin(RexNode value, List<RexNode> partition) {
    return within(builder.aggregateCall(SqlStdOperatorTable.MAX, value), partition);
  }

  /** The least value of the partition. */
  RexNode minWithin(RexNode value, List<RexNode> partition) {
    return within(builder.aggregateCall(SqlStdOperatorTable.MIN, value), partition);
  }

  /** A number for each row of the partition, in any order. */
  RexNode anyNumber(List<RexNode> partition) {
    return within(builder.aggregateCall(SqlStdOperatorTable.ROW_NUMBER), partition);
  }

  private static RexNode within(RelBuilder.AggCall call, List<RexNode> partition) {
    return call.over().partitionBy(partition).toRex();
  }

  RexNode rowNumber(List<RexNode> partition, RexNode order) {
    return ordered(builder.aggregateCall(SqlStdOperatorTable.ROW_NUMBER), partition, order);
  }

  /** 1 for the first rows by an order, with their peers. */
  RexNode rank(List<RexNode> partition, RexNode order) {
    return ordered(builder.aggregateCall(SqlStdOperatorTable.RANK), partition, order);
  }

  /** The value of the row before, by an order. */
  RexNode previous(RexNode value, List<RexNode> partition, RexNode order) {
    return ordered(builder.aggregateCall(SqlStdOperatorTable.LAG, value), partition, order);
  }

  /** The value of the row after, by an order. */
  RexNode following(RexNode value, List<RexNode> partition, RexNode order) {
    return ordered(builder.aggregateCall(SqlStdOperatorTable.LEAD, value), partition, order);
  }

  private static RexNode ordered(RelBuilder.AggCall call, List<RexNode> partition, RexNode order) {
    return call.over().partitionBy(partition).orderBy(order).toRex();
  }
}
