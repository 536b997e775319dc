package io.plumbline.engine.warehouse;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.MetricOperators;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL spells what a plan says. */
public final class PostgresDialect extends PostgresqlSqlDialect {

  public PostgresDialect() {
    super(DEFAULT_CONTEXT.withDataTypeSystem(new PlumblineTypeSystem()));
  }

  /** Casts that the planner adds must not round or cut: the type goes without precision. */
  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case VARCHAR, CHAR -> named("text", type);
      case VARBINARY, BINARY -> named("bytea", type);
      case DECIMAL -> named("numeric", type);
      case TIMESTAMP -> named("timestamp", type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> named("timestamptz", type);
      case TIME -> named("time", type);
      case REAL -> named("real", type);
      case FLOAT -> named("double precision", type);
      default ->
          SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())
              ? named("interval", type)
              : super.getCastSpec(type);
    };
  }

  private static SqlNode named(String name, RelDataType type) {
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO),
        SqlParserPos.ZERO);
  }

  @Override
  public void unparseDateTimeLiteral(
      SqlWriter writer, SqlAbstractDateTimeLiteral literal, int left, int right) {
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      writer.literal("TIMESTAMPTZ '" + literal.toFormattedString() + "+00'");
    } else {
      super.unparseDateTimeLiteral(writer, literal, left, right);
    }
  }

  /** PostgreSQL has no weeks and quarters as units, and wants the sign in front. */
  @Override
  public void unparseSqlIntervalLiteral(
      SqlWriter writer, SqlIntervalLiteral literal, int left, int right) {
    IntervalValue interval = literal.getValueAs(IntervalValue.class);
    SqlWriter.Frame frame = interval.getSign() < 0 ? writer.startList("(", ")") : null;
    if (frame != null) {
      writer.print("-");
    }
    writer.keyword("INTERVAL");
    TimeUnit unit = interval.getIntervalQualifier().timeUnitRange.startUnit;
    switch (unit) {
      case WEEK -> amount(writer, interval, 7, TimeUnit.DAY);
      case QUARTER -> amount(writer, interval, 3, TimeUnit.MONTH);
      default -> {
        writer.literal("'" + interval.getIntervalLiteral() + "'");
        unparseSqlIntervalQualifier(writer, interval.getIntervalQualifier(), getTypeSystem());
      }
    }
    if (frame != null) {
      writer.endList(frame);
    }
  }

  private static void amount(SqlWriter writer, IntervalValue interval, int factor, TimeUnit unit) {
    long amount = Math.multiplyExact(Long.parseLong(interval.getIntervalLiteral()), factor);
    writer.literal("'" + amount + "'");
    writer.keyword(unit.name());
  }

  /** PostgreSQL takes no precision behind a unit. */
  @Override
  public void unparseSqlIntervalQualifier(
      SqlWriter writer, SqlIntervalQualifier qualifier, RelDataTypeSystem types) {
    writer.keyword(qualifier.timeUnitRange.startUnit.name());
    TimeUnit end = qualifier.timeUnitRange.endUnit;
    if (end != null) {
      writer.keyword("TO");
      writer.keyword(end.name());
    }
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
    if (MetricOperators.evaluatesMetric(call.getOperator())) {
      throw new QueryException(
          SqlState.GROUPING_ERROR,
          call.getOperator().getName().toLowerCase(Locale.ROOT)
              + "(...) evaluates a metric of a semantic table, and its argument is none");
    }
    switch (call.getKind()) {
      case WITHIN_GROUP -> withinGroup(writer, call, left, right);
      case LISTAGG, STRING_AGG, ARRAY_AGG -> aggregate(writer, call, SqlNodeList.EMPTY);
      case ITEM -> element(writer, call);
      case OVER -> super.unparseCall(writer, DefaultFrames.unsaid(call), left, right);
      case SOME, ALL -> quantified(writer, call, left, right);
      case IGNORE_NULLS ->
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "IGNORE NULLS is not supported by the warehouse; filter the nulls in a subquery");
      case RESPECT_NULLS -> call.operand(0).unparse(writer, left, right);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  /** The order of an aggregate of a list stands among its arguments. */
  private void withinGroup(SqlWriter writer, SqlCall call, int left, int right) {
    SqlNode aggregate = call.operand(0);
    SqlNodeList order = call.operand(1);
    if (aggregate instanceof SqlCall filter
        && filter.getKind() == SqlKind.FILTER
        && isListAggregate(filter.operand(0))) {
      aggregate(writer, filter.operand(0), order);
      writer.sep("FILTER");
      SqlWriter.Frame frame = writer.startList("(", ")");
      writer.sep("WHERE");
      filter.operand(1).unparse(writer, 0, 0);
      writer.endList(frame);
    } else if (isListAggregate(aggregate)) {
      aggregate(writer, (SqlCall) aggregate, order);
    } else {
      super.unparseCall(writer, call, left, right);
    }
  }

  private static boolean isListAggregate(SqlNode node) {
    return switch (node.getKind()) {
      case LISTAGG, STRING_AGG, ARRAY_AGG -> true;
      default -> false;
    };
  }

  private static void aggregate(SqlWriter writer, SqlCall call, SqlNodeList order) {
    boolean array = call.getKind() == SqlKind.ARRAY_AGG;
    SqlWriter.Frame frame = writer.startFunCall(array ? "ARRAY_AGG" : "STRING_AGG");
    if (call.getFunctionQuantifier() != null) {
      call.getFunctionQuantifier().unparse(writer, 0, 0);
    }
    boolean first = true;
    for (SqlNode operand : call.getOperandList()) {
      if (!first) {
        writer.print(",");
        writer.setNeedWhitespace(true);
      }
      first = false;
      operand.unparse(writer, 0, 0);
    }
    if (!order.isEmpty()) {
      writer.keyword("ORDER BY");
      list(writer, order);
    }
    writer.endFunCall(frame);
  }

  private static void list(SqlWriter writer, SqlNodeList nodes) {
    boolean first = true;
    for (SqlNode node : nodes) {
      if (!first) {
        writer.print(",");
        writer.setNeedWhitespace(true);
      }
      first = false;
      node.unparse(writer, 0, 0);
    }
  }

  private static void element(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame array = writer.startList("(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.endList(array);
    SqlWriter.Frame index = writer.startList("[", "]");
    call.operand(1).unparse(writer, 0, 0);
    writer.endList(index);
  }

  /** Of an array, {@code x = ANY (array)}; of a query the standard's form is fine. */
  private void quantified(SqlWriter writer, SqlCall call, int left, int right) {
    if (call.operand(1) instanceof SqlSelect
        || !(call.getOperator() instanceof SqlQuantifyOperator operator)) {
      super.unparseCall(writer, call, left, right);
      return;
    }
    SqlWriter.Frame outer = writer.startList("(", ")");
    call.operand(0).unparse(writer, 31, 31);
    writer.keyword(operator.comparisonKind.sql);
    writer.keyword(operator.getKind() == SqlKind.SOME ? "ANY" : "ALL");
    SqlWriter.Frame frame = writer.startList("(", ")");
    call.operand(1).unparse(writer, 0, 0);
    writer.endList(frame);
    writer.endList(outer);
  }
}
