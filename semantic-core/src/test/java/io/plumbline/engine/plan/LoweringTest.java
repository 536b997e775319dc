package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Bakery;
import io.plumbline.engine.TestWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What metrics mean in their contexts, on a company that can be worked out by hand. */
@ExtendWith(TestWarehouse.Provider.class)
class LoweringTest {

  private final Bakery bakery;

  LoweringTest(Bakery bakery) {
    this.bakery = bakery;
  }

  // ---- instants ----

  @Test
  void aChangeOnTheBoundaryBelongsToTheLaterPeriod() {
    assertThat(
            bakery.rows(
                "select month, aggregate(opening_mrr), aggregate(mrr) from metrics.revenue"
                    + " where region = 'north' group by month order by month"))
        .containsExactly(
            "2025-01-01|0|100", "2025-02-01|100|120", "2025-03-01|120|150", "2025-04-01|150|150");
  }

  @Test
  void theReportingZoneMovesTheBoundary() {
    assertThat(
            bakery.rows(
                "select month, aggregate(mrr) from metrics.revenue where region = 'north'"
                    + " group by month order by month",
                "time_zone=America/New_York"))
        .containsExactly(
            "2024-12-01|100",
            "2025-01-01|100",
            "2025-02-01|170",
            "2025-03-01|150",
            "2025-04-01|150");
  }

  @Test
  void asOfCutsTheRunningMonth() {
    assertThat(
            bakery.rows(
                "select month, period_end, is_complete, aggregate(mrr) from metrics.revenue"
                    + " where region = 'north' and month >= date '2025-02-01'"
                    + " group by month, period_end, is_complete order by month",
                "as_of=2025-03-15"))
        .containsExactly("2025-02-01|2025-02-28|true|120", "2025-03-01|2025-03-15|false|170");
  }

  @Test
  void knownAtTellsWhatWasBelievedThen() {
    String january =
        "select aggregate(mrr) from metrics.revenue where region = 'south' and month = date"
            + " '2025-01-01'";
    assertThat(bakery.rows(january)).containsExactly("44");
    assertThat(bakery.rows(january, "known_at=2025-03-09 23:59:59")).containsExactly("55");
    assertThat(bakery.rows(january, "known_at=2025-03-10")).containsExactly("44");
    assertThat(bakery.rows(january, "known_at=2025-01-01")).containsExactly("0");
  }

  // ---- accounts and currencies ----

  @Test
  void allSubscriptionsOfAnAccountAreOneCustomer() {
    assertThat(
            bakery.rows(
                "select month, aggregate(paying_customers), aggregate(opening_customers), count(*)"
                    + " from metrics.revenue group by month order by month"))
        .containsExactly(
            "2025-01-01|2|0|2", "2025-02-01|3|2|3", "2025-03-01|3|3|3", "2025-04-01|3|3|3");
  }

  @Test
  void amountsAreConvertedAtTheRateOfTheDayThatEndsAtTheInstant() {
    assertThat(
            bakery.rows(
                "select month, aggregate(opening_mrr), aggregate(mrr) from metrics.revenue"
                    + " where region = 'south' group by month order by month"))
        .containsExactly(
            "2025-01-01|0|44", "2025-02-01|44|54", "2025-03-01|54|58", "2025-04-01|58|58");
  }

  @Test
  void theReportingCurrencyIsTheSessions() {
    assertThat(
            bakery.rows(
                "select aggregate(mrr) from metrics.revenue where month = date '2025-04-01'",
                "currency=EUR"))
        .containsExactly("210.8333");
  }

  @Test
  void anAmountWithoutRateMakesTheSumUnknownAndNotSmaller() {
    assertThat(
            bakery.rows(
                "select month, aggregate(mrr), aggregate(arpa), aggregate(paying_customers)"
                    + " from metrics.revenue group by month order by month"))
        .containsExactly(
            "2025-01-01|144|72|2",
            "2025-02-01|null|null|3",
            "2025-03-01|null|null|3",
            "2025-04-01|253|84.3333|3");
    assertThat(
            bakery.rows(
                "select region, aggregate(mrr) from metrics.revenue where month = date '2025-03-01'"
                    + " group by region order by region"))
        .containsExactly("east|0", "north|150", "south|58", "west|0", "null|null");
  }

  @Test
  void anAmountInACurrencyWithoutAnyRateIsUnknownOnEveryDay() {
    assertThat(
            bakery.rows(
                "select day, aggregate(mrr) from metrics.revenue where region = 'east' and day"
                    + " between date '2025-04-09' and date '2025-04-21' and day not in (date"
                    + " '2025-04-13', date '2025-04-14') group by day order by day"))
        .containsExactly(
            "2025-04-09|0",
            "2025-04-10|null",
            "2025-04-11|null",
            "2025-04-12|null",
            "2025-04-15|null",
            "2025-04-16|null",
            "2025-04-17|null",
            "2025-04-18|null",
            "2025-04-19|null",
            "2025-04-20|0",
            "2025-04-21|0");
  }

  @Test
  void anUnknownReportingCurrencyMakesEverythingUnknown() {
    assertThat(
            bakery.rows(
                "select aggregate(mrr), aggregate(paying_customers) from metrics.revenue"
                    + " where month = date '2025-04-01'",
                "currency=GBP"))
        .containsExactly("null|3");
  }

  // ---- dimensions ----

  @Test
  void everyCombinationThatOccursHasARowInEveryPeriod() {
    assertThat(
            bakery.rows(
                "select month, region, aggregate(paying_customers) from metrics.revenue"
                    + " where month in (date '2025-01-01', date '2025-03-01')"
                    + " group by month, region order by month, region"))
        .containsExactly(
            "2025-01-01|east|0",
            "2025-01-01|north|1",
            "2025-01-01|south|1",
            "2025-01-01|west|0",
            "2025-01-01|null|0",
            "2025-03-01|east|0",
            "2025-03-01|north|1",
            "2025-03-01|south|1",
            "2025-03-01|west|0",
            "2025-03-01|null|1");
  }

  @Test
  void theKeyOfTheEntityShowsOnlyWhoHasSomething() {
    assertThat(
            bakery.rows(
                "select account_id, aggregate(opening_mrr), aggregate(mrr) from metrics.revenue"
                    + " where month = date '2025-02-01' group by account_id order by account_id"))
        .containsExactly("S1|100|120", "S2|44|54", "S3|0|null");
  }

  @Test
  void anAccountCountsOnceUnderEachOfItsPlans() {
    assertThat(
            bakery.rows(
                "select plan, aggregate(mrr), aggregate(paying_customers) from metrics.contracts"
                    + " where month = date '2025-02-01' and region = 'north' group by plan order by"
                    + " plan"))
        .containsExactly("addon|20|1", "basic|100|1", "pro|0|0");
    assertThat(
            bakery.rows(
                "select aggregate(paying_customers) from metrics.contracts"
                    + " where month = date '2025-02-01' and region = 'north'"))
        .containsExactly("1");
    assertThat(
            bakery.rows(
                "select aggregate(mrr), aggregate(paying_customers) from metrics.contracts"
                    + " where month = date '2025-02-01' and plan = 'addon'"))
        .containsExactly("30|2");
  }

  @Test
  void groupingSetsEvaluateTheMetricForEachGrouping() {
    assertThat(
            bakery.rows(
                "select region, grouping(region), aggregate(mrr), aggregate(arpa) from"
                    + " metrics.revenue where month = date '2025-04-01' group by rollup(region)"
                    + " order by 2, 1"))
        .containsExactly(
            "east|0|0|null",
            "north|0|150|150",
            "south|0|58|58",
            "west|0|0|null",
            "null|0|45|45",
            "null|1|253|84.3333");
    assertThat(
            bakery.rows(
                "select month, region, aggregate(paying_customers) from metrics.revenue"
                    + " where quarter = date '2025-01-01' and region in ('north', 'south')"
                    + " group by grouping sets ((month), (region), ()) order by 1, 2"))
        .containsExactly(
            "2025-01-01|null|2",
            "2025-02-01|null|2",
            "2025-03-01|null|2",
            "null|north|1",
            "null|south|1",
            "null|null|2");
  }

  @Test
  void expressionsOverDimensionsAreGroupsToo() {
    assertThat(
            bakery.rows(
                "select case when region in ('north', 'south') then 'old' else 'new' end as side,"
                    + " aggregate(paying_customers) from metrics.revenue where month = date"
                    + " '2025-04-01' group by 1 order by 1"))
        .containsExactly("new|1", "old|2");
  }

  // ---- contexts of calls ----

  @Test
  void everyFilterIsAnEvaluationInItsOwnContext() {
    assertThat(
            bakery.rows(
                "select month, aggregate(mrr) filter (where region = 'north') as n, sum(case when"
                    + " region = 'south' then mrr end) as s, aggregate(arpa) filter (where region ="
                    + " 'west') as nothing, count(*) filter (where region = 'south') as c,"
                    + " aggregate(paying_customers) as p from metrics.revenue where quarter = date"
                    + " '2025-01-01' group by month order by month"))
        .containsExactly(
            "2025-01-01|100|44|null|1|2",
            "2025-02-01|120|54|null|1|3",
            "2025-03-01|150|58|null|1|3");
  }

  @Test
  void havingCountOfRowsKeepsEveryRowThatIsShown() {
    String query =
        "select region, aggregate(paying_customers) from metrics.revenue"
            + " where month = date '2025-01-01' group by region having ";
    assertThat(bakery.rows(query + "count(*) > 0")).hasSize(5);
    assertThat(bakery.rows(query + "count(1) >= 1")).hasSize(5);
    assertThat(bakery.rows(query + "count(distinct account_id) > 0 order by 1"))
        .containsExactly("north|1", "south|1");
    assertThat(bakery.rows(query + "count(*) > 0 and aggregate(mrr) > 50"))
        .containsExactly("north|1");
  }

  @Test
  void dimensionsAndTimeAreCountedAsTheySay() {
    assertThat(
            bakery.rows(
                "select count(distinct region), min(region), max(region) from metrics.revenue"))
        .containsExactly("4|east|west");
    assertThat(bakery.rows("select min(month), max(month) from metrics.revenue"))
        .containsExactly("2025-01-01|2025-04-01");
  }

  @Test
  void resultsOfAGroupedSubqueryAreOrdinaryNumbers() {
    assertThat(
            bakery.rows(
                "select avg(m), max(m), count(*) from (select month, aggregate(mrr) as m"
                    + " from metrics.revenue where region = 'north' group by month) as months"))
        .containsExactly("130|150|4");
    assertThat(
            bakery.rows(
                "select sum(mrr) from (select month, mrr from metrics.revenue where region ="
                    + " 'north') as m"))
        .containsExactly("150");
    assertThat(
            bakery.rows(
                "select month, lag(aggregate(mrr)) over (order by month) from metrics.revenue where"
                    + " region = 'north' and quarter = date '2025-01-01' group by month order by"
                    + " 1"))
        .containsExactly("2025-01-01|null", "2025-02-01|100", "2025-03-01|120");
  }

  @Test
  void rowsCanBeOrderedByAMetricAlsoUnderItsOwnName() {
    assertThat(
            bakery.rows(
                "select region, aggregate(mrr) as mrr from metrics.revenue where month = date"
                    + " '2025-04-01' group by region having aggregate(mrr) > 0 order by"
                    + " aggregate(mrr) desc"))
        .containsExactly("north|150", "south|58", "null|45");
    assertThat(
            bakery.rows(
                "select region from metrics.revenue where month = date '2025-04-01'"
                    + " group by region order by aggregate(mrr) desc, region limit 2"))
        .containsExactly("north", "south");
  }

  // ---- several datasets ----

  @Test
  void metricsOfSeveralDatasetsMeetWithoutFanOut() {
    assertThat(
            bakery.rows(
                "select month, aggregate(mrr), aggregate(visits_made), aggregate(pages_seen),"
                    + " aggregate(mrr_per_visit) from metrics.company where region = 'north'"
                    + " group by month order by month"))
        .containsExactly(
            "2025-01-01|100|1|4|100",
            "2025-02-01|120|1|6|120",
            "2025-03-01|150|1|0|150",
            "2025-04-01|150|0|0|null");
  }

  @Test
  void eventsOfInternalAccountsAreLeftOut() {
    assertThat(
            bakery.rows(
                "select region, aggregate(visits_made) from metrics.company"
                    + " where month = date '2025-03-01' group by region order by region"))
        .containsExactly("east|0", "north|1", "south|0", "west|1", "null|0");
  }

  @Test
  void aMetricWithoutADimensionSaysWhichItHas() {
    assertThat(
            bakery.refusal(
                "select plan, aggregate(visits_made) from metrics.company group by plan"))
        .hasMessageContaining("plan");
  }
}
