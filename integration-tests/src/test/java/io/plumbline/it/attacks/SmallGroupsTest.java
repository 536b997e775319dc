package io.plumbline.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.Companies;
import io.plumbline.it.Company;
import io.plumbline.it.Grid;
import io.plumbline.it.RunningCompany;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A role with {@code min_group_size: 3} learns nothing of fewer customers. In December 2025 the one
 * of Enterprise pays 5500; Self-Serve has two, SMB three, Mid-Market five customers.
 */
@ExtendWith(Companies.class)
class SmallGroupsTest {

  private static final String DECEMBER = " from metrics.revenue where month = date '2025-12-01'";
  private static final String BY_SEGMENT = DECEMBER + " group by segment";

  private final RunningCompany company;

  SmallGroupsTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @Test
  void aSmallGroupIsNullAndSaysSo() throws SQLException {
    assertThat(rows("select segment, aggregate(mrr), aggregate(suppressed)" + BY_SEGMENT))
        .contains("[Enterprise, null, true]", "[Mid-Market, 4590, false]");
  }

  @Test
  void whatTheTotalTellsOfHiddenGroupsIsOverEnoughOfThem() throws SQLException {
    // Enterprise and Self-Serve had two customers in the beginning: SMB goes with them.
    assertThat(rows("select segment, aggregate(mrr)" + DECEMBER + " group by rollup(segment)"))
        .contains("[Enterprise, null]", "[Self-Serve, null]", "[SMB, null]")
        .contains("[Mid-Market, 4590]", "[null, 11113.333333]");
  }

  @Test
  void theComplementOfASmallGroupIsHiddenToo() throws SQLException {
    assertThat(rows("select aggregate(mrr)" + DECEMBER)).isEqualTo("[[11113.333333]]");
    assertThat(
            rows(
                "select segment, aggregate(mrr)"
                    + DECEMBER
                    + " and segment <> 'Enterprise' group by segment"))
        .contains("[Self-Serve, null]", "[SMB, null]", "[Mid-Market, 4590]");
  }

  @Test
  void groupsOfEnoughAreWhatTheyAreToEverybody() throws SQLException {
    String sql =
        "select aggregate(mrr), aggregate(arpa)" + DECEMBER + " and segment = 'Mid-Market'";
    assertThat(rows(sql)).isEqualTo(rows("admin", sql)).contains("4590");
  }

  @Test
  void aQueryWithoutGroupsHasItsRowWhetherThereIsSuchAGroupOrNot() throws SQLException {
    String sql = "select aggregate(mrr), aggregate(suppressed)" + DECEMBER + " and segment = ";
    assertThat(rows(sql + "'Enterprise'")).isEqualTo("[[null, true]]");
    assertThat(rows(sql + "'Nobody'")).isEqualTo("[[null, true]]");
    assertThat(rows(sql + "'Mid-Market'")).isEqualTo("[[4590, false]]");
  }

  /** What the difference of two answers would tell: 4590 of Mid-Market less one customer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "segment = 'Mid-Market' and account_id <> 'A11'",
        "segment = 'Mid-Market' and name <> 'Kilo'",
        "case when segment = 'Mid-Market' then name <> 'Kilo' else false end",
        "segment in ('Mid-Market', 'Enterprise')",
        "segment in (select s.segment from metrics.revenue as s where s.segment like 'M%')",
        "segment <> 'Enterprise'",
        "segment like 'M%'",
        "not segment = 'Enterprise'",
        "account_id not in ('A11', 'A12')",
      })
  void noConditionPutsEntitiesTogetherOtherwise(String condition) throws SQLException {
    String sql = "select aggregate(mrr)" + DECEMBER + " and " + condition;
    assertThat(rows("admin", sql)).doesNotContain("null");
    assertThatThrownBy(() -> rows(sql)).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case when segment in ('Mid-Market', 'Enterprise') then 1 end",
        "segment = 'Enterprise'",
        "segment, region",
      })
  void noGroupKeyPutsThemTogetherOtherwise(String keys) throws SQLException {
    String sql = "select aggregate(mrr)" + DECEMBER + " group by " + keys;
    assertThat(rows("admin", sql)).contains("[");
    assertThatThrownBy(() -> rows(sql)).isInstanceOf(SQLException.class);
  }

  @Test
  void metricsAreGroupedOnceInAStatement() throws SQLException {
    String sql =
        "select segment, aggregate(mrr)"
            + DECEMBER
            + " group by segment union all select region, aggregate(mrr)"
            + DECEMBER
            + " group by region";
    assertThat(rows("admin", sql)).contains("Mid-Market");
    assertThatThrownBy(() -> rows(sql)).hasMessageContaining("grouped once in a statement");
  }

  @Test
  void noJoinChoosesEntities() {
    String sql =
        "select aggregate(mrr) from metrics.revenue as r join (values ('A11')) as v (x)"
            + " on r.account_id = v.x where month = date '2025-12-01'";
    assertThatThrownBy(() -> rows(sql)).isInstanceOf(SQLException.class);
  }

  /** Each shows 5500 to who may see it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select aggregate(mrr) {m} and segment = 'Enterprise'",
        "select sum(mrr) {m} and segment = 'Enterprise'",
        "select aggregate(opening_mrr) {m} and segment = 'Enterprise'",
        "select aggregate(arpa) {m} and segment = 'Enterprise'",
        "select mrr {m} and segment = 'Enterprise'",
        "select segment, mrr {m}",
        "select segment, aggregate(mrr) {m} group by segment order by aggregate(mrr) desc",
        "select segment, aggregate(mrr) as x {m} group by segment having aggregate(mrr) > 5000",
        "select segment, csm, aggregate(mrr) {m} group by segment, csm",
        "select upper(segment) as s, aggregate(mrr) {m} group by upper(segment)",
        "select case when segment = 'Enterprise' then 1 end as s, aggregate(mrr) {m} group by 1",
        "select segment, max(aggregate(mrr)) over () as x {m} group by segment",
        "select segment, sum(aggregate(mrr)) over (order by segment) as x {m} group by segment",
        "select max(x) from (select segment, aggregate(mrr) as x {m} group by segment) as d",
        "select sum(x) filter (where s = 'Enterprise') from"
            + " (select segment as s, aggregate(mrr) as x {m} group by segment) as d",
        "select coalesce(aggregate(mrr), 0) + 0 as x {m} and segment = 'Enterprise'",
        "select aggregate(mrr) filter (where segment = 'Enterprise') {m}",
        "select aggregate(mrr) - aggregate(mrr) filter (where segment <> 'Enterprise') as x {m}",
        "select sum(case when segment = 'Enterprise' then mrr end) as x {m}",
        "select (select aggregate(mrr) {m}) - (select aggregate(mrr) {m} and segment <> 'Enterprise') as x",
        "select a.x - b.x from (select aggregate(mrr) as x {m}) as a cross join"
            + " (select aggregate(mrr) as x {m} and segment <> 'Enterprise') as b",
        "select (select aggregate(mrr) {m} and segment = v.s) as x from (values ('Enterprise')) as v (s)",
        "with k as (select segment, aggregate(mrr) as x {m} group by segment)"
            + " select x from k where segment = 'Enterprise'",
        "select aggregate(mrr) at (segment = 'Enterprise') as x {m}",
        "select segment, aggregate(mrr) as x {m} group by grouping sets ((segment), (segment, csm), ())",
        "select segment, aggregate(mrr) as x {m} group by segment"
            + " union all select 'all', aggregate(mrr) {m}",
        "select account_id, aggregate(mrr) as x {m} group by account_id",
        "select i as x from (values (5500)) as v (i)"
            + " where i in (select aggregate(mrr) {m} group by segment)",
      })
  void theRevenueOfOneCustomerDoesNotComeOut(String form) throws SQLException {
    String sql = form.replace("{m}", DECEMBER);
    assertThat(rows("admin", sql)).contains("5500");
    assertThat(answer(sql)).doesNotContain("5500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*) {m} and segment = 'Enterprise'",
        "select count(distinct account_id) {m} and segment = 'Enterprise'",
        "select count(distinct csm) {m} and segment = 'Enterprise'",
        "select min(csm) {m} and segment = 'Enterprise'",
        "select count(*) from (select csm, aggregate(mrr) as x {m} and segment = 'Enterprise' group by csm) as d",
        "select count(*) from (select distinct csm {m} and segment = 'Enterprise') as d",
        "select aggregate(paying_customers) {m} and segment = 'Enterprise'",
      })
  void howManyAreInASmallGroupDoesNotComeOut(String form) throws SQLException {
    String sql = form.replace("{m}", DECEMBER);
    assertThat(rows("admin", sql)).containsAnyOf("[[1]]", "chen");
    assertThat(answer(sql)).doesNotContain("[[1]]", "chen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from golden.accounts",
        "select * from metrics.cohorts limit 5",
        "select * from metrics.revenue limit 5",
        "select * from metrics.movements limit 5"
      })
  void rowsOfSingleEntitiesAreRefused(String sql) {
    assertThatThrownBy(() -> rows(sql)).isInstanceOf(SQLException.class);
  }

  @Test
  void groupsWithoutMetricsAreAnsweredOverTheWholeHistory() throws SQLException {
    assertThat(rows("select distinct segment from metrics.revenue order by segment"))
        .isEqualTo(rows("admin", "select distinct segment from metrics.revenue order by segment"))
        .contains("Enterprise");
    assertThat(rows("select aggregate(suppressed) from metrics.revenue")).isEqualTo("[[false]]");
  }

  @Test
  void theMarkIsAColumnAndNoMetric() throws SQLException {
    assertThat(rows("select count(*) from catalog.metrics where metric_name = 'suppressed'"))
        .isEqualTo("[[0]]");
    assertThat(
            rows(
                "select count(*) from catalog.columns"
                    + " where table_name = 'revenue' and column_name = 'suppressed'"))
        .isEqualTo("[[1]]");
  }

  @Test
  void theRuleIsTold() throws SQLException {
    assertThat(rows("select rule, detail from catalog.my_access where kind = 'limit'"))
        .isEqualTo("[[min_group_size, 3]]");
    assertThat(rows("explain select aggregate(mrr)" + DECEMBER)).contains("groups of at least 3");
  }

  private String answer(String sql) {
    try {
      return rows(sql);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replace(sql, "");
    }
  }

  private String rows(String sql) throws SQLException {
    return rows("partner", sql);
  }

  private String rows(String user, String sql) throws SQLException {
    try (Connection connection = company.connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
