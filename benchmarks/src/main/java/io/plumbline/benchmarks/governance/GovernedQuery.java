package io.plumbline.benchmarks.governance;

/** What all principals ask. None is refused a row, so all read the same ones. */
enum GovernedQuery {
  MONTHLY_MRR {
    @Override
    String sql(long number) {
      return """
          select month, aggregate(mrr) as mrr
          from metrics.revenue where metric_time between date '2024-01-01' and date '2024-12-31'
          group by month order by month
          """
          + "-- "
          + number;
    }
  },

  KEY_LOOK_UP {
    @Override
    String sql(long number) {
      return "select account_id, name, email, created_at from bench.account where account_id = 'A"
          + (1 + number * 7919 % ACCOUNTS)
          + "'";
    }
  };

  private static final int ACCOUNTS = 20_000;

  /** The question in one of many texts. */
  abstract String sql(long number);
}
