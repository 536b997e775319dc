package io.plumbline.demo.cloudflow.truth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The metrics of one period and one segment, in the order they were put. */
final class MetricValues {
  private static final int RATIO_DIGITS = 12;

  private final Map<String, Optional<BigDecimal>> values = new LinkedHashMap<>();

  MetricValues put(String metric, BigDecimal value) {
    values.put(metric, Optional.of(value));
    return this;
  }

  MetricValues put(String metric, long value) {
    return put(metric, BigDecimal.valueOf(value));
  }

  /** A ratio, which has no value where the denominator is 0. */
  MetricValues ratio(String metric, BigDecimal numerator, BigDecimal denominator) {
    values.put(
        metric,
        denominator.signum() == 0
            ? Optional.empty()
            : Optional.of(numerator.divide(denominator, RATIO_DIGITS, RoundingMode.HALF_UP)));
    return this;
  }

  MetricValues ratio(String metric, long numerator, long denominator) {
    return ratio(metric, BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
  }

  Map<String, Optional<BigDecimal>> values() {
    return values;
  }
}
