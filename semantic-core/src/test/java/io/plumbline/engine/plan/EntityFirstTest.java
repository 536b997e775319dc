package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Bakery;
import io.plumbline.engine.TestWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dimensions of an entity beside its key: they come after the values are known. */
@ExtendWith(TestWarehouse.Provider.class)
class EntityFirstTest {

  private static final String BY_ACCOUNT =
      "select account_id, region, upper(region) as big, aggregate(opening_mrr), aggregate(mrr)"
          + " from metrics.revenue where month = date '2025-02-01'"
          + " group by account_id, region, upper(region) order by account_id";

  private final Bakery bakery;

  EntityFirstTest(Bakery bakery) {
    this.bakery = bakery;
  }

  @Test
  void eachEntityHasItsOwnDimensionsAndExpressionsOverThem() {
    assertThat(bakery.rows(BY_ACCOUNT))
        .containsExactly("S1|north|NORTH|100|120", "S2|south|SOUTH|44|54", "S3|null|null|0|null");
  }

  @Test
  void theyStandInTheStatementOnceAndInNoGroup() {
    String explained = String.join("\n", bakery.rows("explain " + BY_ACCOUNT));
    String statement = explained.substring(explained.indexOf("statement of the warehouse"));
    assertThat(statement).containsOnlyOnce("UPPER(");
  }

  @Test
  void aContextWithoutTheKeyStillHasThem() {
    assertThat(
            bakery.rows(
                "select account_id, region, aggregate(mrr) as mrr,"
                    + " aggregate(mrr) at (all account_id) as of_region,"
                    + " aggregate(mrr) at (all region) as of_account"
                    + " from metrics.revenue where month = date '2025-02-01'"
                    + " and account_id in ('S1', 'S2') group by account_id, region"
                    + " order by account_id"))
        .containsExactly("S1|north|120|120|120", "S2|south|54|54|54");
  }
}
