package io.plumbline.engine.sql;

import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become row expressions, where the standard's way depends on types that we treat
 * differently.
 */
final class PlumblineConvertlets implements SqlRexConvertletTable {

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() == PostgresFunctions.DATE_TRUNC) {
      return PlumblineConvertlets::truncated;
    }
    if ((call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL)
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlIntervalQualifier) {
      return PlumblineConvertlets::floorOrCeiling;
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode truncated(SqlRexContext context, SqlCall call) {
    RexNode unit = context.convertExpression(call.operand(0));
    return dateTrunc(context.getRexBuilder(), unit, context.convertExpression(call.operand(1)));
  }

  /** PostgreSQL would make an instant of a date, in the zone of the session. */
  private static RexNode dateTrunc(RexBuilder rex, RexNode unit, RexNode moment) {
    RexNode stamp =
        moment.getType().getSqlTypeName() == SqlTypeName.DATE
            ? rex.makeCast(timestamp(rex, moment.getType()), moment)
            : moment;
    return rex.makeCall(PostgresFunctions.DATE_TRUNC, unit, stamp);
  }

  private static RelDataType timestamp(RexBuilder rex, RelDataType like) {
    return rex.getTypeFactory()
        .createTypeWithNullability(
            rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP), like.isNullable());
  }

  /** {@code FLOOR(moment TO unit)} keeps the type of the moment. */
  private static RexNode floorOrCeiling(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RexNode moment = context.convertExpression(call.operand(0));
    SqlIntervalQualifier unit = call.operand(1);
    String name = unit.timeUnitRange.startUnit.name().toLowerCase(Locale.ROOT);
    RexNode floor = dateTrunc(rex, rex.makeLiteral(name), moment);
    RexNode result =
        call.getKind() == SqlKind.FLOOR ? floor : ceiling(rex, moment, floor, unit.timeUnitRange);
    return rex.makeCast(moment.getType(), result);
  }

  private static RexNode ceiling(
      RexBuilder rex, RexNode moment, RexNode floor, TimeUnitRange unit) {
    RexLiteral step =
        rex.makeIntervalLiteral(
            unit.startUnit.multiplier,
            new SqlIntervalQualifier(
                unit.startUnit, 10, null, -1, org.apache.calcite.sql.parser.SqlParserPos.ZERO));
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.EQUALS, floor, moment),
        floor,
        rex.makeCall(Arithmetic.PLUS, floor, step));
  }
}
