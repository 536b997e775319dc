package io.plumbline.benchmarks.planning;

/** Questions whose planning is measured. */
public enum PlanningQuery {
  MONTHLY_MRR(
      """
      select month, aggregate(mrr) as mrr
      from metrics.revenue where month >= date '2025-01-01'
      group by month order by month
      """),

  SEVEN_METRICS_BY_SEGMENT(
      """
      select month, segment, aggregate(mrr) as mrr, aggregate(arr) as arr,
        aggregate(opening_mrr) as opening_mrr, aggregate(opening_arr) as opening_arr,
        aggregate(paying_customers) as paying_customers,
        aggregate(opening_customers) as opening_customers, aggregate(arpa) as arpa
      from metrics.company where month >= date '2025-01-01'
      group by month, segment order by month, segment
      """),

  DAYS_455(
      """
      select day, aggregate(opening_mrr) as opening_mrr, aggregate(mrr) as mrr,
        aggregate(arr) as arr, aggregate(opening_customers) as opening_customers,
        aggregate(paying_customers) as paying_customers, aggregate(arpa) as arpa
      from metrics.revenue where day >= date '2025-01-01'
      group by day order by day
      """),

  SOURCE_TABLE(
      """
      select region, count(*) as accounts, min(created_at_utc) as first_created
      from golden.accounts where not is_internal
      group by region order by accounts desc
      """),

  GROUPING_SETS(
      """
      select month, segment, aggregate(opening_mrr) as opening_mrr, aggregate(mrr) as mrr,
        grouping(month) as all_months, grouping(segment) as all_segments
      from metrics.revenue where month >= date '2025-10-01'
      group by grouping sets ((month, segment), (month), (segment), ())
      """);

  private final String sql;

  PlanningQuery(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  /** The same question in a text of its own, so that its plan can't be in the cache. */
  String sql(long number) {
    return sql + "-- " + number;
  }
}
