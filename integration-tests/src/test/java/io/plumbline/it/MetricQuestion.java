package io.plumbline.it;

import java.time.LocalDate;
import java.util.List;

/**
 * A question about every revenue metric, to be asked twice: of the server, and as plain SQL over
 * the source tables.
 *
 * @param dimensions what is grouped beside the period
 * @param filter a condition on dimensions, valid in both; empty for none
 * @param from the first day
 * @param to the day after the last one
 */
record MetricQuestion(
    String grain,
    List<String> dimensions,
    String filter,
    LocalDate from,
    LocalDate to,
    String zone) {

  private String keys(String period) {
    return dimensions.isEmpty() ? period : period + ", " + String.join(", ", dimensions);
  }

  private String and(String condition) {
    return filter.isEmpty() ? condition : condition + " and (" + filter + ")";
  }

  /** For the server. */
  String asked() {
    return """
        select %s, period_end, is_complete,
          aggregate(mrr) as mrr, aggregate(arr) as arr,
          aggregate(opening_mrr) as opening_mrr, aggregate(opening_arr) as opening_arr,
          aggregate(paying_customers) as paying_customers,
          aggregate(opening_customers) as opening_customers,
          aggregate(arpa) as arpa
        from metrics.revenue
        where %s
        group by %s, period_end, is_complete"""
        .formatted(
            keys(grain),
            and("metric_time >= date '%s' and metric_time < date '%s'".formatted(from, to)),
            keys(grain));
  }

  /** For the warehouse: every account in every period, then plain sums. */
  String reference(LocalDate asOf) {
    String having =
        dimensions.contains("account_id") ? "having sum(opening) <> 0 or sum(closing) <> 0" : "";
    return """
        select %s, period_end, is_complete,
          sum(closing), 12 * sum(closing),
          sum(opening), 12 * sum(opening),
          count(*) filter (where closing > 0),
          count(*) filter (where opening > 0),
          sum(closing) / nullif(count(*) filter (where closing > 0), 0)
        from pg_temp.revenue('%s', date '%s', date '%s', '%s', date '%s')
        where %s
        group by %s, period_end, is_complete
        %s"""
        .formatted(
            keys("period_start"),
            grain,
            from,
            to,
            zone,
            asOf,
            filter.isEmpty() ? "true" : filter,
            keys("period_start"),
            having);
  }

  /** Movements and retention, for the server. */
  String askedMovements() {
    return "select %s, %s from metrics.revenue where %s group by %s"
        .formatted(
            keys(grain),
            MovementMetrics.asked(),
            and("metric_time >= date '%s' and metric_time < date '%s'".formatted(from, to)),
            keys(grain));
  }

  /** Movements and retention, for the warehouse. */
  String movementReference(LocalDate asOf) {
    String having =
        dimensions.contains("account_id")
            ? "having sum(opening) <> 0 or sum(closing) <> 0 or sum(opened_12) <> 0"
            : "";
    return """
        select %s, %s
        from pg_temp.movements('%s', date '%s', date '%s', '%s', date '%s')
        where %s
        group by %s
        %s"""
        .formatted(
            keys("period_start"),
            MovementMetrics.reference(),
            grain,
            from,
            to,
            zone,
            asOf,
            filter.isEmpty() ? "true" : filter,
            keys("period_start"),
            having);
  }

  @Override
  public String toString() {
    return String.join(" ", grain, String.join(",", dimensions), filter, from + ".." + to, zone);
  }
}
