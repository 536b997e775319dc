package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Puts the values of parameters into a plan that depends on them. */
final class ParameterValues extends PlanRewriter {

  private final RexShuttle literals;

  ParameterValues(List<? extends @Nullable Object> values, RexBuilder rex) {
    this.literals =
        new RexShuttle() {
          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            return literal(values.get(parameter.getIndex()), parameter.getType(), rex);
          }
        };
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(literals);
  }

  private static RexNode literal(@Nullable Object value, RelDataType type, RexBuilder rex) {
    if (value == null) {
      return rex.makeNullLiteral(type);
    }
    RexNode literal = literal(value, rex);
    return literal.getType().equals(type) ? literal : rex.makeCast(type, literal);
  }

  private static RexNode literal(Object value, RexBuilder rex) {
    if (value instanceof LocalDate day) {
      return rex.makeDateLiteral(new DateString(day.toString()));
    }
    if (value instanceof LocalDateTime time) {
      return rex.makeTimestampLiteral(timestamp(time), 6);
    }
    if (value instanceof Instant instant) {
      return rex.makeTimestampWithLocalTimeZoneLiteral(
          timestamp(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)), 6);
    }
    if (value instanceof Boolean truth) {
      return rex.makeLiteral(truth);
    }
    if (value instanceof String text) {
      return rex.makeLiteral(text);
    }
    if (value instanceof Double || value instanceof Float) {
      return rex.makeApproxLiteral(new BigDecimal(value.toString()));
    }
    if (value instanceof Number number) {
      return rex.makeExactLiteral(new BigDecimal(number.toString()));
    }
    throw new QueryException(
        SqlState.DATATYPE_MISMATCH, "a parameter can't be a " + value.getClass().getSimpleName());
  }

  private static TimestampString timestamp(LocalDateTime time) {
    String text = time.toString().replace('T', ' ');
    return new TimestampString(text.length() == 16 ? text + ":00" : text);
  }
}
