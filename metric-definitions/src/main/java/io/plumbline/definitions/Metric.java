package io.plumbline.definitions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named number. The kinds are closed: a new one does not compile until the engine can lower it.
 */
public sealed interface Metric {

  MetricInfo info();

  default String name() {
    return info().name();
  }

  Additivity additivity();

  /** How values of rows become one value. */
  enum Aggregation {
    SUM,
    COUNT,
    COUNT_DISTINCT,
    MIN,
    MAX,
    AVERAGE
  }

  /**
   * What happened inside a period: an aggregate over the rows of a dataset dated by its time
   * column.
   */
  record Simple(
      MetricInfo info,
      String dataset,
      Aggregation aggregation,
      Optional<Expression> expression,
      Optional<Expression> filter)
      implements Metric {

    @Override
    public Additivity additivity() {
      return aggregation == Aggregation.SUM || aggregation == Aggregation.COUNT
          ? Additivity.ADDITIVE
          : Additivity.NON_ADDITIVE;
    }
  }

  /**
   * The state of entities at an edge of the period: a column of a dataset with validity, summed per
   * entity first.
   *
   * @param edge the instant at which the state is read
   * @param measure the sum of the amounts, or the number of entities whose sum is positive
   */
  record Snapshot(MetricInfo info, String dataset, String column, Edge edge, Measure measure)
      implements Metric {

    /** Which end of the period. */
    public enum Edge {
      OPENING,
      CLOSING
    }

    /** What is counted. */
    public enum Measure {
      AMOUNT,
      ENTITIES
    }

    @Override
    public Additivity additivity() {
      return Additivity.SEMI_ADDITIVE;
    }
  }

  /**
   * One metric divided by another; null where the denominator is 0.
   *
   * @param ignoring dimensions by which the denominator is neither grouped nor filtered
   */
  record Ratio(MetricInfo info, String numerator, String denominator, List<String> ignoring)
      implements Metric {
    public Ratio {
      ignoring = List.copyOf(ignoring);
    }

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }

  /**
   * Arithmetic over other metrics, which the expression names.
   *
   * @param inputs metrics that the expression calls by another name, with how much earlier they are
   *     read
   * @param additivity that of the inputs where the expression is linear, else NON_ADDITIVE
   */
  record Derived(
      MetricInfo info, Expression expression, Map<String, Input> inputs, Additivity additivity)
      implements Metric {
    public Derived {
      inputs = Map.copyOf(inputs);
    }

    /**
     * A metric under another name.
     *
     * @param at how much earlier it is read; empty for the same period
     */
    public record Input(String metric, Optional<TimeShift> at) {}
  }

  /**
   * How long the period is, in months: a part of a month is a fraction of the days of that month.
   */
  record Duration(MetricInfo info) implements Metric {

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }
}
