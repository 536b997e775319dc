package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.GoldenEngine;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.TestWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Filters and rows that depend on single accounts of the golden company. */
@ExtendWith(TestWarehouse.Provider.class)
class CorrelatedFilterTest {

  private final GoldenEngine golden;

  CorrelatedFilterTest(GoldenEngine golden) {
    this.golden = golden;
  }

  @Test
  void aSubqueryMayReadADimensionThatTheQueryDoesNotMentionElsewhere() {
    assertThat(
            golden.rows(
                "select r.segment, sum(r.mrr) from metrics.revenue r"
                    + " where exists (select 1 from golden.accounts a"
                    + " where a.account_id = r.account_id and a.region = 'NA')"
                    + " group by r.segment order by 1"))
        .containsExactly("Enterprise|7000", "Mid-Market|1000", "SMB|490", "Self-Serve|83.3333");
  }

  @Test
  void aSubqueryThatReadsTheTimeOfARowIsRefused() {
    assertThat(
            golden
                .refusal(
                    "select month, sum(mrr) from metrics.revenue r"
                        + " where exists (select 1 from golden.fx_rates f"
                        + " where f.valid_from < r.month) group by month")
                .state())
        .isEqualTo(SqlState.GROUPING_ERROR);
  }

  @Test
  void anAccountThatSignsUpAndDoesNotPayYetHasARow() {
    assertThat(
            golden.rows(
                "select account_id, sum(signups), sum(mrr) from metrics.company"
                    + " where month = date '2025-05-01' and segment = 'Self-Serve'"
                    + " group by account_id"))
        .containsExactly("A06|1|0");
  }

  @Test
  void anAggregateOrdersItsRowsByAComputedColumn() {
    assertThat(
            golden.rows(
                "select percentile_cont(0.5) within group (order by m) from"
                    + " (select account_id, sum(mrr) m from metrics.revenue group by account_id)"))
        .containsExactly("700.0");
    assertThat(
            golden.rows(
                "select string_agg(k, ',' order by m) from"
                    + " (select segment k, sum(mrr) m from metrics.revenue group by segment)"))
        .containsExactly("Self-Serve,SMB,Mid-Market,Enterprise");
  }
}
