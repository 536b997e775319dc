package io.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.Bakery;
import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.Session;
import io.plumbline.engine.TestEngine;
import io.plumbline.engine.TestWarehouse;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where metrics may stand in a query, and where they are refused. */
@ExtendWith(TestWarehouse.Provider.class)
class QueryShapesTest {

  private final Bakery bakery;

  QueryShapesTest(Bakery bakery) {
    this.bakery = bakery;
  }

  // ---- joins and subqueries ----

  @Test
  void aJoinToASubqueryGroupedByTheKeyAddsDimensions() {
    assertThat(
            bakery.rows(
                "select s.name, aggregate(r.mrr) from metrics.revenue r"
                    + " join (select shop_id, min(name) as name from bakery.shop"
                    + "   where town is not null group by shop_id) s on s.shop_id = r.account_id"
                    + " where r.month = date '2025-04-01'"
                    + " group by s.name having aggregate(r.mrr) > 0 order by 1"))
        .containsExactly("Crumb|150", "Dough|58");
  }

  @Test
  void aJoinToATableOnItsKeyAddsDimensions() {
    assertThat(
            bakery.rows(
                "select s.name, aggregate(r.mrr) from metrics.revenue r"
                    + " join bakery.shop s on s.shop_id = r.account_id"
                    + " where r.month = date '2025-04-01' and s.town is not null"
                    + " group by s.name having aggregate(r.mrr) > 0 order by 1"))
        .containsExactly("Crumb|150", "Dough|58");
    assertThat(
            bakery.refusal(
                "select aggregate(r.mrr) from metrics.revenue r"
                    + " join bakery.contract c on c.shop = r.account_id"))
        .hasMessageContaining("not known to be unique on the join key");
  }

  @Test
  void metricsOfAGroupedSubqueryAreDimensionsOfAJoin() {
    assertThat(
            bakery.rows(
                "select b.big, aggregate(r.paying_customers) from metrics.revenue r"
                    + " join (select account_id, aggregate(mrr) > 100 as big from metrics.revenue"
                    + "   where month = date '2025-04-01' group by account_id) b"
                    + " on b.account_id = r.account_id"
                    + " where r.month = date '2025-04-01' group by b.big order by 1"))
        .containsExactly("false|2", "true|1");
    assertThat(
            bakery.rows(
                "select r.region, aggregate(r.mrr) from metrics.revenue r join (select region from"
                    + " metrics.revenue where month = date '2025-04-01'   group by region order by"
                    + " aggregate(mrr) desc limit 1) top on top.region = r.region where r.month ="
                    + " date '2025-03-01' group by r.region"))
        .containsExactly("north|150");
  }

  @Test
  void aLeftJoinKeepsEveryEntity() {
    assertThat(
            bakery.rows(
                "select v.visits, aggregate(r.paying_customers) from metrics.revenue r left join"
                    + " (select shop, count(*) as visits from bakery.visit group by shop) v on"
                    + " v.shop = r.account_id where r.month = date '2025-04-01' group by v.visits"
                    + " having count(distinct r.account_id) > 0 order by 1"))
        .containsExactly("1|1", "3|1", "null|1");
  }

  @Test
  void aJoinThatCouldMultiplyRowsIsRefused() {
    assertThat(
            bakery.refusal(
                "select aggregate(r.mrr) from metrics.revenue r join bakery.visit v on v.shop ="
                    + " r.account_id where r.month = date '2025-04-01'"))
        .hasMessageContaining("42803")
        .hasMessageContaining("could multiply the rows of metrics.revenue");
    assertThat(
            bakery.refusal(
                "select aggregate(r.mrr) from metrics.revenue r join bakery.shop s on s.shop_id >"
                    + " r.account_id where r.month = date '2025-04-01'"))
        .hasMessageContaining("a condition other than =");
    assertThat(
            bakery.refusal(
                "select aggregate(r.mrr) from bakery.shop s"
                    + " left join metrics.revenue r on s.shop_id = r.account_id"))
        .hasMessageContaining("a right join of metrics that are not evaluated yet");
  }

  @Test
  void subqueriesFilterEntities() {
    String april = " from metrics.revenue r where month = date '2025-04-01' and ";
    assertThat(
            bakery.rows(
                "select aggregate(mrr)" + april + "account_id in (select shop from bakery.visit)"))
        .containsExactly("208");
    assertThat(
            bakery.rows(
                "select aggregate(mrr)"
                    + april
                    + "not exists (select 1 from bakery.visit v where v.shop = r.account_id and"
                    + " v.pages > 0)"))
        .containsExactly("103");
    assertThat(
            bakery.rows(
                "select aggregate(mrr)"
                    + april
                    + "account_id = (select max(shop_id) from bakery.shop where town = 'south')"))
        .containsExactly("58");
  }

  @Test
  void metricsMayStandInsideCorrelatedSubqueries() {
    assertThat(
            bakery.rows(
                "select s.shop_id from bakery.shop s where exists (select 1 from metrics.revenue r"
                    + " where r.month = date '2025-04-01' and r.account_id = s.shop_id"
                    + " having aggregate(r.mrr) > 50) order by 1"))
        .containsExactly("S1", "S2");
    assertThat(
            bakery.rows(
                "select s.shop_id, (select aggregate(r.mrr) from metrics.revenue r where r.month ="
                    + " date '2025-04-01' and r.account_id = s.shop_id) as mrr from bakery.shop s"
                    + " where s.town in ('north', 'south') and not internal order by 1"))
        .containsExactly("S1|150", "S2|58");
  }

  @Test
  void groupedResultsJoinAndUniteLikeTables() {
    assertThat(
            bakery.rows(
                "with a as (select region, aggregate(mrr) as m from metrics.revenue"
                    + "  where month = date '2025-04-01' group by region),"
                    + " b as (select region, aggregate(mrr) as m from metrics.revenue"
                    + "  where month = date '2025-01-01' group by region)"
                    + " select a.region, a.m - b.m from a join b on b.region = a.region"
                    + " where a.m > 0 union all select 'all', sum(m) from b order by 1"))
        .containsExactly("all|144", "north|50", "south|14");
  }

  @Test
  void sourceTablesAreQueriedAsTheyAre() {
    assertThat(
            bakery.rows(
                "select town, count(*) from bakery.shop where not internal group by town order by"
                    + " 1"))
        .containsExactly("east|1", "north|1", "south|1", "west|1", "null|1");
  }

  @Test
  void aConditionThatIsNeverKnownSelectsNothing() {
    assertThat(
            bakery.rows(
                "select region, aggregate(mrr) from metrics.revenue"
                    + " where region not in ('north', null) group by region"))
        .isEmpty();
  }

  // ---- refusals ----

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "select avg(mrr) from metrics.revenue; 42803 at 1:8: avg(mrr): mrr is a snapshot",
        "select min(mrr) from metrics.revenue; 42803 at 1:8: min(mrr)",
        "select max(arpa) from metrics.revenue; arpa is a ratio",
        "select count(mrr) from metrics.revenue; to count entities use count(*)",
        "select sum(distinct mrr) from metrics.revenue; 42803 at 1:8: sum(distinct mrr)",
        "select aggregate(mrr * 2) from metrics.revenue; an expression over mrr",
        "select sum(mrr + opening_mrr) from metrics.revenue; an expression over mrr",
        "select aggregate(region) from metrics.revenue; its argument is none",
        "select month from metrics.revenue where mrr > 5 group by month; WHERE can't read mrr",
        "select mrr, aggregate(arr) from metrics.revenue group by mrr; can't group by mrr",
        "select distinct month, mrr from metrics.revenue; can't group by mrr",
        "select month, mrr from metrics.revenue group by month; use aggregate(mrr)",
        "select month, case when mrr > 5 then 1 end from metrics.revenue; CASE over mrr",
        "select aggregate(mrr) over () from metrics.revenue; mrr",
        "select month, sum(mrr) over (order by month) from metrics.revenue; a window over mrr",
        "select month, mrr from metrics.revenue union all select month, mrr from metrics.revenue;"
            + " UNION over metrics",
        "select aggregate(mrr) filter (where month = date '2025-01-01') from metrics.revenue; time"
            + " inside FILTER",
        "select sum(case when month = date '2025-01-01' then mrr end) from metrics.revenue; time"
            + " inside CASE",
        "select aggregate(mrr) from metrics.revenue where month = date '2025-01-01' or region ="
            + " 'north'; mixes time and dimensions",
        "select aggregate(a.mrr) from metrics.revenue a join metrics.company b on a.account_id ="
            + " b.account_id; two semantic tables",
        "select aggregate(mrr) from (select * from metrics.revenue limit 3) as t; LIMIT over rows"
            + " that are not evaluated",
        "select week, month, aggregate(mrr) from metrics.revenue group by week, month; a week can"
            + " lie in two of them",
        "select extract(month from metric_time), aggregate(mrr) from metrics.revenue group by 1;"
            + " alone would add up different years",
        "select aggregate(mrr) from metrics.revenue where month in (date '2025-01-01', date"
            + " '2025-03-01'); leaves holes",
        "delete from bakery.shop; 25006"
      })
  void whatHasNoRightAnswerIsRefusedWithARemedy(String sql, String message) {
    assertThat(bakery.refusal(sql)).hasMessageContaining(message);
  }

  // ---- previews ----

  @Test
  void aPreviewNeedsALimitThatItsReaderSets() {
    String wide = "select * from metrics.revenue";
    assertThat(bakery.refusal(wide)).hasMessageContaining("would add up to wrong totals");
    assertThat(bakery.rows(wide + " limit 2")).hasSize(2);
    assertThat(bakery.refusal(wide + " limit 1001")).hasMessageContaining("LIMIT up to 1000");
    assertThat(bakery.rows(wide + " where 1=0")).isEmpty();
    assertThat(bakery.rows(wide + " limit 0")).isEmpty();
  }

  @Test
  void aPreviewMayBeLimitedByTheStatementsMaxRows() {
    try (Session session = bakery.session()) {
      PreparedQuery wide = session.prepare("select account_id, month, mrr from metrics.revenue");
      assertThat(TestEngine.rows(wide, 2)).hasSize(2);
      assertThat(TestEngine.rows(wide, 1000)).hasSize(3);
      assertThatThrownBy(() -> TestEngine.rows(wide, 1001)).isInstanceOf(QueryException.class);
      assertThatThrownBy(() -> TestEngine.rows(wide, 0)).isInstanceOf(QueryException.class);
    }
  }

  @Test
  void aPreviewShowsTheLastCompleteMonthByAccount() {
    assertThat(
            bakery.rows(
                "select month, account_id, mrr from metrics.revenue order by account_id limit 10",
                "as_of=2025-02-20"))
        .containsExactly("2025-01-01|S1|100", "2025-01-01|S2|44");
  }

  @Test
  void whatIsSelectedIsTheGrainWhereNothingAggregates() {
    assertThat(
            bakery.rows(
                "select month, mrr from metrics.revenue where region = 'north'"
                    + " and quarter = date '2025-01-01' order by month desc limit 2"))
        .containsExactly("2025-03-01|150", "2025-02-01|120");
    assertThat(bakery.rows("select region, paying_customers from metrics.revenue order by 1"))
        .containsExactly("east|0", "north|1", "south|1", "west|0", "null|1");
    assertThat(bakery.rows("select distinct region from metrics.revenue order by 1"))
        .containsExactly("east", "north", "south", "west", "null");
  }

  // ---- parameters ----

  @Test
  void parametersMayStandInTimeFilters() {
    try (Session session = bakery.session()) {
      PreparedQuery query =
          session.prepare(
              "select month, aggregate(mrr) from metrics.revenue"
                  + " where month >= ? and month < ? and region = ? group by month order by 1");
      assertThat(query.parameters()).hasSize(3);
      assertThat(
              TestEngine.rows(
                  query, 0, LocalDate.of(2025, 1, 1), LocalDate.of(2025, 3, 1), "north"))
          .containsExactly("2025-01-01|100", "2025-02-01|120");
      assertThat(
              TestEngine.rows(
                  query, 0, LocalDate.of(2025, 3, 1), LocalDate.of(2025, 4, 1), "south"))
          .containsExactly("2025-03-01|58");
      assertThat(TestEngine.rows(query, 0, null, LocalDate.of(2025, 4, 1), "south")).isEmpty();
      assertThatThrownBy(() -> TestEngine.rows(query, 0, LocalDate.of(2025, 3, 1)))
          .hasMessageContaining("has 3 parameters, but 1 values were given");
    }
  }

  @Test
  void parametersMayStandAnywhereElse() {
    try (Session session = bakery.session()) {
      assertThat(
              TestEngine.rows(
                  session,
                  "select region, aggregate(mrr) * ? from metrics.revenue where month = date"
                      + " '2025-04-01' and region <> ? group by region having aggregate(mrr) > ?"
                      + " order by 1 limit ?",
                  2,
                  "south",
                  10,
                  5L))
          .containsExactly("north|300");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void theLimitOfAPreviewMayBeAParameter(long limit) {
    try (Session session = bakery.session()) {
      assertThat(TestEngine.rows(session, "select * from metrics.revenue limit ?", limit))
          .hasSize((int) limit);
    }
  }
}
