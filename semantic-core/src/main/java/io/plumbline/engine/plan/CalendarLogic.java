package io.plumbline.engine.plan;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** SQL's three-valued logic and null rules over calendar expressions. */
final class CalendarLogic {

  private CalendarLogic() {}

  static CalendarExpression unary(
      List<CalendarExpression> operands, Function<Object, @Nullable Object> f) {
    return columns -> {
      Object value = operands.get(0).evaluate(columns);
      return value == null ? null : f.apply(value);
    };
  }

  static CalendarExpression binary(
      List<CalendarExpression> operands, BiFunction<Object, Object, @Nullable Object> f) {
    return columns -> {
      Object a = operands.get(0).evaluate(columns);
      Object b = operands.get(1).evaluate(columns);
      return a == null || b == null ? null : f.apply(a, b);
    };
  }

  static @Nullable Object and(
      List<CalendarExpression> operands, IntFunction<? extends @Nullable Object> columns) {
    boolean unknown = false;
    for (CalendarExpression operand : operands) {
      Object value = operand.evaluate(columns);
      if (Boolean.FALSE.equals(value)) {
        return false;
      }
      unknown |= value == null;
    }
    return unknown ? null : true;
  }

  static @Nullable Object or(
      List<CalendarExpression> operands, IntFunction<? extends @Nullable Object> columns) {
    boolean unknown = false;
    for (CalendarExpression operand : operands) {
      Object value = operand.evaluate(columns);
      if (Boolean.TRUE.equals(value)) {
        return true;
      }
      unknown |= value == null;
    }
    return unknown ? null : false;
  }

  static CalendarExpression caseOf(List<CalendarExpression> operands) {
    return columns -> {
      for (int i = 0; i + 1 < operands.size(); i += 2) {
        if (Boolean.TRUE.equals(operands.get(i).evaluate(columns))) {
          return operands.get(i + 1).evaluate(columns);
        }
      }
      return operands.get(operands.size() - 1).evaluate(columns);
    };
  }

  static @Nullable Object coalesce(
      List<CalendarExpression> operands, IntFunction<? extends @Nullable Object> columns) {
    for (CalendarExpression operand : operands) {
      Object value = operand.evaluate(columns);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  static @Nullable Object concatenate(
      List<CalendarExpression> operands, IntFunction<? extends @Nullable Object> columns) {
    StringBuilder text = new StringBuilder();
    for (CalendarExpression operand : operands) {
      Object value = operand.evaluate(columns);
      if (value == null) {
        return null;
      }
      text.append(CalendarUnits.text(value));
    }
    return text.toString();
  }
}
