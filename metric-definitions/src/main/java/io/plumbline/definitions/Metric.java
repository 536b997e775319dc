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
   * What happened inside a period: an aggregate over the rows of a dataset dated by one of its
   * columns.
   *
   * @param time the column that dates a row, if it is not the dataset's own; where it is null, the
   *     row has not happened
   */
  record Simple(
      MetricInfo info,
      String dataset,
      Aggregation aggregation,
      Optional<Expression> expression,
      Optional<Expression> filter,
      Optional<String> time)
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

  /**
   * How much of what began came to a good end; null where nothing did. What happens after {@code
   * as_of} has not happened.
   *
   * @param start the column that dates the beginning of a row
   * @param end the column that dates its end, which a conversion is; null while it runs
   * @param converted the column that dates its conversion; null without one
   * @param cohort of which rows the part is taken
   */
  record Conversion(
      MetricInfo info,
      String dataset,
      Optional<String> start,
      Optional<String> end,
      String converted,
      Cohort cohort)
      implements Metric {

    /** Of which rows the converted part is taken. */
    public enum Cohort {
      /** Those that began in the period, however long they took. */
      START,
      /** Those that ended in the period, by a conversion or without one. */
      END,
      /** Conversions in the period over beginnings in it, which are not the same rows. */
      SAME_WINDOW
    }

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }

  /**
   * Of the rows that began in the period, those that have reached a step by {@code as_of}.
   *
   * @param start the column that dates the beginning of a row
   * @param step the column that dates the step; null before it
   */
  record Funnel(MetricInfo info, String dataset, String start, String step) implements Metric {

    @Override
    public Additivity additivity() {
      return Additivity.ADDITIVE;
    }
  }
}
