package io.plumbline.definitions;

import java.math.BigDecimal;
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

  /** What is read off the states of entities: at an edge of a period, or between two edges. */
  sealed interface OfState extends Metric permits Snapshot, Movement, Retention {

    /** The snapshot that says what is summed per entity; itself, if it is one. */
    Snapshot state();
  }

  /**
   * The state of entities at an edge of the period: a column of a dataset with validity, summed per
   * entity first.
   *
   * @param filter rows that count; empty for all
   * @param ends where the end of an entity's final stint is moved to
   * @param edge the instant at which the state is read
   * @param measure what is counted or summed
   * @param ownCurrency whether amounts stay in the currency of their rows
   */
  record Snapshot(
      MetricInfo info,
      String dataset,
      String column,
      Optional<Expression> filter,
      Optional<Ends> ends,
      Edge edge,
      Measure measure,
      boolean ownCurrency)
      implements OfState {

    /** Which end of the period. */
    public enum Edge {
      OPENING,
      CLOSING
    }

    /** What of the rows that hold at the instant. */
    public enum Measure {
      /** The sum of the column. */
      AMOUNT,
      /** The entities whose sum is positive. */
      ENTITIES,
      /** The rows whose column is not null. */
      ROWS,
      /** The least value of the column. */
      MIN,
      /** The greatest value of the column. */
      MAX
    }

    /** A dataset with a row for each entity whose final stint ends at another date. */
    public record Ends(String dataset, String column) {}

    @Override
    public Snapshot state() {
      return this;
    }

    @Override
    public Additivity additivity() {
      return measure == Measure.MIN || measure == Measure.MAX
          ? Additivity.NON_ADDITIVE
          : Additivity.SEMI_ADDITIVE;
    }
  }

  /**
   * How the states of entities changed between the edges of a period: the part of one class.
   *
   * @param state a snapshot of an amount
   * @param entities whether entities are counted, instead of amounts summed
   */
  record Movement(
      MetricInfo info, Snapshot state, MovementClass movement, boolean entities, Basis basis)
      implements OfState {

    /** How an entity moved. */
    public enum MovementClass {
      /** It has an amount for the first time ever. */
      NEW,
      /** It has an amount again. */
      REACTIVATION,
      /** It had an amount and has more. */
      EXPANSION,
      /** It had an amount and has less. */
      CONTRACTION,
      /** It had an amount and has none. */
      CHURN,
      /** What the rates of currencies did. */
      FX,
      /** What moved between values of a historical dimension. */
      TRANSFER
    }

    /** What is compared. */
    public enum Basis {
      /** The edges of the period: not additive over time. */
      PERIOD,
      /** The edges of every day, summed over the days of the period: additive. */
      DAILY
    }

    @Override
    public Additivity additivity() {
      return basis == Basis.DAILY ? Additivity.ADDITIVE : Additivity.SEMI_ADDITIVE;
    }
  }

  /**
   * What is kept of the entities that had an amount at the start of a window.
   *
   * @param state a snapshot of an amount
   * @param entities whether entities are counted, instead of amounts summed
   * @param months the length of a window that ends with the period; empty for the period itself
   */
  record Retention(
      MetricInfo info, Snapshot state, Kept keep, boolean entities, Optional<Integer> months)
      implements OfState {

    /** What of the cohort, in the rates of the start of the window. */
    public enum Kept {
      /** The cohort itself, at the start: no ratio. */
      OPENING,
      /** What it has at the end, as part of what it had. */
      CLOSING,
      /** The lesser of both edges for each entity, as part of what it had. */
      LESSER,
      /** What those had who have nothing at the end, as part of what all had. */
      CHURNED,
      /** What is missing at the end without those who gained, as part of what all had. */
      LOST
    }

    @Override
    public Additivity additivity() {
      return keep == Kept.OPENING ? Additivity.SEMI_ADDITIVE : Additivity.NON_ADDITIVE;
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
   * An aggregate over the rows of a dataset in a window that ends with the period, however far the
   * window reaches beyond the range of a query.
   *
   * @param offsetDays how many days before the end of the period the window ends
   * @param calendarMonth whether months are read by the calendar instead of the window
   * @param averageWhenCoarser whether periods longer than a day have the average of their days
   */
  record Cumulative(
      MetricInfo info,
      String dataset,
      Aggregation aggregation,
      Optional<Expression> expression,
      Optional<Expression> filter,
      Window window,
      int offsetDays,
      boolean calendarMonth,
      boolean averageWhenCoarser)
      implements Metric {

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }

  /**
   * What became of the entities that began in the same month, so many months later.
   *
   * @param state the snapshot that is followed
   * @param begin what makes an entity a member of a month's cohort
   */
  record Cohort(MetricInfo info, Snapshot state, Begin begin, Measure measure) implements Metric {

    /** What makes an entity a member of a month's cohort. */
    public enum Begin {
      /** Its state was positive for the first time, at any instant of the month. */
      FIRST_POSITIVE,
      /** It signed up in the month. */
      SIGNUP
    }

    /** What is told of a cohort. */
    public enum Measure {
      /** All its entities, however many are left. */
      SIZE,
      /** Those whose state is positive. */
      ENTITIES,
      /** The sum of their states. */
      AMOUNT,
      /** Entities over size. */
      RETENTION,
      /** Amount over that at the end of the first month. */
      AMOUNT_RETENTION
    }

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

  /**
   * Other metrics evaluated for each entity, and what comes of it counted or averaged over the
   * entities with something in them.
   *
   * @param entity whose values are taken together
   * @param expression over metrics; a condition where entities are counted
   */
  record Bands(MetricInfo info, String entity, Expression expression, Aggregation aggregation)
      implements Metric {

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }

  /**
   * How far a metric is from another one that should be the same.
   *
   * @param tolerance the part of the other one that it may be away from it
   */
  record Reconciliation(
      MetricInfo info, String of, String against, BigDecimal tolerance, Measure measure)
      implements Metric {

    /** What is told of the difference. */
    public enum Measure {
      /** Its size. */
      DIFFERENCE,
      /** Its size in percent of the other metric; null where that is 0. */
      PERCENT,
      /** The text pass where it is within the tolerance, FAIL where it is not. */
      STATUS
    }

    @Override
    public Additivity additivity() {
      return Additivity.NON_ADDITIVE;
    }
  }
}
