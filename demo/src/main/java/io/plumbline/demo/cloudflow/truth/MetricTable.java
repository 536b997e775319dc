package io.plumbline.demo.cloudflow.truth;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of truth.metric_values. */
public final class MetricTable {
  /** The segment of the rows about all segments together. */
  static final String ALL = "all";

  /** One value; empty where a ratio has no denominator. */
  public record Row(
      String metric, String grain, LocalDate start, String segment, Optional<BigDecimal> value) {}

  private final List<Row> rows = new ArrayList<>();

  void add(String grain, LocalDate start, String segment, MetricValues values) {
    values
        .values()
        .forEach((metric, value) -> rows.add(new Row(metric, grain, start, segment, value)));
  }

  public List<Row> rows() {
    return List.copyOf(rows);
  }
}
