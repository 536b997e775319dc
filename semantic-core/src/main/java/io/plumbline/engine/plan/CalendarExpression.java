package io.plumbline.engine.plan;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An expression over time columns that Java can evaluate: dates are LocalDate, timestamps
 * LocalDateTime, numbers BigDecimal, text String, truth Boolean, intervals {@link
 * CalendarValues.Span}, unknown null.
 */
@FunctionalInterface
interface CalendarExpression {

  /** The value, given the values of the columns by their index. */
  @Nullable Object evaluate(IntFunction<? extends @Nullable Object> columns);
}
