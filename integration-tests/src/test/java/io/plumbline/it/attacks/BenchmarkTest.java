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
 * The tenant A01, the one customer of Enterprise, may compare mrr, arpa and nps with those of
 * everyone, in groups of at least three. In December 2025 it pays 5500; Self-Serve has two, SMB
 * three and Mid-Market five customers with 4590.
 */
@ExtendWith(Companies.class)
class BenchmarkTest {

  private static final String DECEMBER = " from metrics.revenue where month = date '2025-12-01'";
  private static final String EVERYONE = "aggregate(mrr) at (benchmark)";

  private final RunningCompany company;

  BenchmarkTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @Test
  void theBenchmarkIsTheMetricOfEveryoneBesideTheOwn() throws SQLException {
    assertThat(rows("select aggregate(mrr), " + EVERYONE + ", aggregate(suppressed)" + DECEMBER))
        .isEqualTo("[[5500, 11113.333333, false]]");
    assertThat(rows("admin", "select aggregate(mrr)" + DECEMBER)).isEqualTo("[[11113.333333]]");
  }

  @Test
  void itFollowsTheMonthsOfTheQuery() throws SQLException {
    String from =
        " from metrics.revenue where month >= date '2025-10-01' group by month order by 1";
    assertThat(rows("select month, aggregate(arpa) at (benchmark)" + from))
        .isEqualTo(rows("admin", "select month, aggregate(arpa)" + from));
  }

  @Test
  void aSmallGroupIsNullAndSaysSoBesideTheOwnValue() throws SQLException {
    assertThat(
            rows(
                "select segment, aggregate(mrr), "
                    + EVERYONE
                    + ", aggregate(suppressed)"
                    + DECEMBER
                    + " group by segment"))
        .isEqualTo("[[Enterprise, 5500, null, true]]");
  }

  @Test
  void anotherGroupIsAskedForByItsName() throws SQLException {
    String sql = "select aggregate(mrr), " + EVERYONE + DECEMBER + " and segment = 'Mid-Market'";
    assertThat(rows(sql)).isEqualTo("[[0, 4590]]");
  }

  @Test
  void otherNumbersStandBeside() throws SQLException {
    assertThat(rows("select count(*), min(name), " + EVERYONE + DECEMBER))
        .isEqualTo("[[1, Acme, 11113.333333]]");
    assertThat(rows("select aggregate(mrr) at (previous period), " + EVERYONE + DECEMBER))
        .isEqualTo("[[5500, 11113.333333]]");
  }

  /** Rows are those of the own account, whatever groups there are. */
  @ParameterizedTest
  @ValueSource(strings = {"segment", "name", "csm", "region", "currency"})
  void noGroupOfOthersHasARow(String dimension) throws SQLException {
    String group = " group by " + dimension;
    assertThat(rows("select " + dimension + ", " + EVERYONE + DECEMBER + group))
        .doesNotContain("], [");
    assertThat(rows("admin", "select " + dimension + ", aggregate(mrr)" + DECEMBER + group))
        .contains("], [");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select aggregate(mrr) at (benchmark) as x {m} and segment = 'SMB'",
        "select aggregate(mrr) at (benchmark) as x {m} and name = 'Echo'",
        "select aggregate(mrr) at (benchmark) as x {m} and csm is null",
        "select aggregate(mrr) at (benchmark) as x {m} and account_id = 'A05'",
        "select aggregate(mrr) at (benchmark) as x {m} and account_id <> 'A05'",
        "select aggregate(mrr) at (benchmark) as x {m} and segment = 'SMB' and region = 'NA'",
        "select aggregate(mrr) at (benchmark) as x {m} and segment in ('SMB', 'Mid-Market')",
        "select aggregate(mrr) at (benchmark) as x {m} and case when name = 'Echo' then true end",
        "select aggregate(mrr) at (benchmark) as x {m} group by case when name = 'Echo' then 1 end",
        "select aggregate(mrr) at (benchmark) as x {m} group by segment, name",
        "select aggregate(mrr) at (benchmark) as x {m} group by account_id",
        "select aggregate(mrr) filter (where name = 'Echo') at (benchmark) as x {m}",
        "select aggregate(mrr) at (benchmark, previous period) as x {m}",
        "select aggregate(mrr) at (benchmark, segment = 'SMB') as x {m}",
        "select aggregate(mrr) at (all, benchmark) as x {m}",
        "select aggregate(paying_customers) at (benchmark) as x {m}",
        "select aggregate(new_mrr) at (benchmark) as x {m}",
        "select (select aggregate(mrr) at (benchmark) {m}) as x from (values (1)) as v (i) where exists"
            + " (select aggregate(mrr) at (benchmark) {m} and segment = 'Mid-Market')",
        "select (select aggregate(mrr) at (benchmark) {m} and name = v.n) as x from (values ('Echo')) as v (n)",
        "select aggregate(mrr) at (benchmark) as x from metrics.revenue as r"
            + " join (values ('A05')) as v (a) on r.account_id = v.a where month = date '2025-12-01'",
        "select sum(x) as x from (select aggregate(mrr) at (benchmark) as x {m}"
            + " union all select aggregate(mrr) at (benchmark) as x {m} and segment = 'Mid-Market') as d",
      })
  void whatIsAboutFewerIsNullOrRefused(String form) throws SQLException {
    String sql = form.replace("{m}", DECEMBER);
    assertThat(answer("tenant_admin", sql)).matches("(?s)\\[(\\[null])?]|.*(42501|0A000).*");
  }

  /** The rows of others come into nothing but the benchmark. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*), aggregate(mrr), aggregate(mrr) at (benchmark) {m}",
        "select count(distinct account_id), max(name), aggregate(mrr) at (benchmark) {m}",
        "select aggregate(mrr) at (all), aggregate(mrr) at (benchmark) {m}",
        "select aggregate(mrr) filter (where segment = 'Mid-Market'), aggregate(mrr) at (benchmark) {m}",
      })
  void whatStandsBesideIsTheOwn(String form) throws SQLException {
    String sql = form.replace("{m}", DECEMBER);
    String own = rows(sql.replace(" at (benchmark)", ""));
    String beside = rows(sql);
    assertThat(beside.substring(0, beside.lastIndexOf(',')))
        .isEqualTo(own.substring(0, own.lastIndexOf(',')));
  }

  @Test
  void whatIsAskedWithoutMetricsAndTimeIsAnswered() throws SQLException {
    assertThat(rows("select distinct segment from metrics.revenue")).isEqualTo("[[Enterprise]]");
  }

  @Test
  void whoHasNoneIsToldSo() {
    assertThatThrownBy(() -> rows("analyst", "select " + EVERYONE + DECEMBER))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("42501")
        .hasMessageContaining("grants benchmarks");
  }

  @Test
  void theRuleIsTold() throws SQLException {
    assertThat(rows("select detail from catalog.my_access where rule = 'benchmark'"))
        .isEqualTo("[[arpa, mrr, nps of everyone, in groups of at least 3]]");
    assertThat(rows("explain select " + EVERYONE + DECEMBER))
        .contains("benchmark: groups of at least 3", "own workspace");
    assertThat(rows("explain select aggregate(mrr)" + DECEMBER)).doesNotContain("benchmark");
  }

  private String answer(String user, String sql) {
    try {
      return rows(user, sql);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String rows(String sql) throws SQLException {
    return rows("tenant_admin", sql);
  }

  private String rows(String user, String sql) throws SQLException {
    try (Connection connection = company.connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
