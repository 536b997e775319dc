package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Bakery;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Session;
import io.plumbline.engine.TestWarehouse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A query is planned over the metrics that it mentions, and does not notice it. */
@ExtendWith(TestWarehouse.Provider.class)
class MentionedMetricsTest {

  private final Bakery bakery;

  MentionedMetricsTest(Bakery bakery) {
    this.bakery = bakery;
  }

  @Test
  void aStarStandsForEveryMetric() {
    assertThat(columns("select * from metrics.contracts limit 1"))
        .containsAll(List.of("mrr", "opening_mrr", "paying_customers", "opening_customers", "arpa"))
        .isEqualTo(columns("select c.* from metrics.contracts c limit 1"));
  }

  @Test
  void namesOfColumnsBehindAnAliasCountEveryMetric() {
    List<String> columns = columns("select * from metrics.contracts limit 1");
    List<String> others = columns.stream().map(column -> "my_" + column).toList();
    assertThat(
            bakery.rows(
                "select aggregate(my_mrr) from metrics.contracts as c ("
                    + String.join(", ", others)
                    + ") where my_month = date '2025-04-01'"))
        .isEqualTo(
            bakery.rows(
                "select aggregate(mrr) from metrics.contracts where month = date '2025-04-01'"));
  }

  @Test
  void aMetricIsFoundWhateverItsCaseAndWhereverItStands() {
    assertThat(
            bakery.rows(
                "select region from metrics.contracts where month = date '2025-04-01'"
                    + " group by region having aggregate(Paying_Customers) > 0"
                    + " order by aggregate(\"MRR\") desc"))
        .isEqualTo(
            bakery.rows(
                "select region from (select region, aggregate(mrr) as m, count(*) as n,"
                    + " aggregate(paying_customers) as p from metrics.contracts"
                    + " where month = date '2025-04-01' group by region) r"
                    + " where p > 0 order by m desc"))
        .isNotEmpty();
  }

  @Test
  void aMisspeltMetricIsExplainedWithAllThatThereAre() {
    assertThat(bakery.refusal("select aggregate(opening_mr) from metrics.contracts"))
        .hasMessageContaining("did you mean 'opening_mrr'?");
  }

  private List<String> columns(String sql) {
    try (Session session = bakery.session()) {
      return session.prepare(sql).columns().stream().map(ResultColumn::name).toList();
    }
  }
}
