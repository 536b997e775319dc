package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody asks more of the warehouse than the governor allows. */
@ExtendWith(TestWarehouse.Provider.class)
class QueryLimitsTest {

  private static final String ENDLESS =
      "select count(*) from generate_series(1, 1000000) as a (i)"
          + " cross join generate_series(1, 1000000) as b (i)";

  private final TestWarehouse postgres;

  QueryLimitsTest(TestWarehouse postgres) {
    this.postgres = postgres;
  }

  private Bakery bakery(QueryLimits limits) {
    return new Bakery(
        postgres,
        new OpenGovernor() {
          @Override
          public QueryLimits limits(Principal principal) {
            return limits;
          }
        });
  }

  @Test
  void aStatementIsStoppedInTheWarehouseWhenItsTimeIsOver() {
    Duration second = Duration.ofSeconds(1);
    try (Bakery bakery =
        bakery(
            new QueryLimits(
                Optional.empty(), Optional.of(second), Optional.empty(), Optional.empty()))) {
      assertThat(bakery.refusal(ENDLESS))
          .hasMessage("57014: the statement ran longer than the 1 seconds that you may use");
      assertThat(bakery.rows("select count(*) from bakery.rate")).containsExactly("3");
    }
  }

  @Test
  void aResultWithTooManyRowsIsAnErrorAndNoPartOfIt() {
    try (Bakery bakery =
        bakery(
            new QueryLimits(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2L)))) {
      assertThat(bakery.refusal("select * from bakery.rate"))
          .hasMessageStartingWith("53400: the result has more than the 2 rows");
      assertThat(bakery.rows("select * from bakery.rate limit 2")).hasSize(2);
    }
  }

  @Test
  void aStatementThatWouldReadTooMuchDoesNotRun() {
    QueryLimits limits =
        new QueryLimits(Optional.of(1000L), Optional.empty(), Optional.empty(), Optional.empty());
    postgres.with(
        "big",
        "create schema big; create table big.numbers as select i from generate_series(1, 5000) as g (i);"
            + " analyze big.numbers;");
    try (Bakery bakery = bakery(limits)) {
      assertThat(bakery.refusal("select count(*) from big.numbers"))
          .hasMessageStartingWith("53400: the statement would read about 5000 rows");
      assertThat(bakery.rows("select count(*) from bakery.rate")).containsExactly("3");
    }
  }

  @Test
  void oneStatementTooManyWaitsAndIsRefused() {
    try (Bakery bakery =
            bakery(
                new QueryLimits(
                    Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty()));
        Session session = bakery.session();
        Rows open = session.prepare("select * from bakery.rate").execution().start(List.of(), 0)) {
      assertThat(open.next()).isTrue();
      assertThat(bakery.refusal("select 1"))
          .hasMessageStartingWith("53400: you have 1 statements running");
      open.close();
      assertThat(bakery.rows("select 1")).containsExactly("1");
    }
  }
}
