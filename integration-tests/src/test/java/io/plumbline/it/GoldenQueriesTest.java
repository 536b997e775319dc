package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other files of hand-checked values, each by its query. */
@ExtendWith(Companies.class)
class GoldenQueriesTest {

  private final RunningCompany company;

  GoldenQueriesTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  private void check(GoldenQuery query) throws SQLException {
    try (Connection connection = company.connect("finance", Map.of())) {
      query.check(connection);
    }
  }

  private static List<String> only(String file, int statement) {
    return List.of(GoldenQuery.statements(file).get(statement));
  }

  @Test
  void accountsBehindTheMovements() throws SQLException {
    check(new GoldenQuery(only("account_month", 0), 3, GoldenRows.read("account_month").after(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-09-01", "2025-09-10"})
  void augustAsItWasKnown(String day) throws SQLException {
    List<String> sql =
        GoldenQuery.statements("bitemporal_aug2025").stream()
            .map(s -> s.replace("2025-09-01", day))
            .toList();
    GoldenRows rows =
        GoldenRows.read("bitemporal_aug2025").where("known_at", k -> k.startsWith(day));
    check(new GoldenQuery(sql, 0, rows.after(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "contract, contract",
    "billing_paid_through, billing",
    "billing_last_invoice_literal, billing_invoice",
    "usage_zero, usage"
  })
  void churnOnEveryBasis(String basis, String suffix) throws SQLException {
    List<String> queries =
        GoldenQuery.statements("revenue_churn_by_basis").stream()
            .map(s -> s.replace("_contract", "_" + suffix))
            .toList();
    GoldenRows rows = GoldenRows.read("revenue_churn_by_basis").where("basis", basis::equals);
    String churn = "select * from (" + queries.get(0).replace("order by month", "") + ") as x";
    check(
        new GoldenQuery(
            List.of(churn + " where churned_customers > 0"),
            1,
            rows.where("period", p -> !p.startsWith("T12M")).after(1)));
    check(
        new GoldenQuery(
            List.of(queries.get(1)), 0, rows.where("period", p -> p.startsWith("T12M")).after(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "new, new_mrr, new_customers",
    "reactivation, reactivation_mrr, reactivated_customers",
    "expansion, expansion_mrr, expanding_customers",
    "contraction, contraction_mrr, contracting_customers",
    "churn, churned_mrr, churned_customers"
  })
  void quartersAreNoSumsOfMonths(String movement, String amount, String count) throws SQLException {
    GoldenRows rows =
        GoldenRows.read("quarter_vs_sum_of_months").where("movement", movement::equals);
    String query = GoldenQuery.statements("quarter_vs_sum_of_months").get(0);
    check(
        new GoldenQuery(
            List.of(query.replace("expansion_mrr", amount)),
            1,
            rows.columns("quarter", "correct_quarter_mrr", "wrong_sum_of_months_mrr")));
    check(
        new GoldenQuery(
            List.of(query.replace("expansion_mrr", count)),
            1,
            rows.columns("quarter", "correct_accounts", "wrong_sum_accounts")));
  }

  @Test
  void theQueryThatStartedItAllIsWrongWhereWeAreRight() throws SQLException {
    GoldenRows rows = GoldenRows.read("seed_sql_bug_demo");
    check(
        new GoldenQuery(
            List.of(
                "select month, aggregate(ndr), aggregate(new_mrr), aggregate(churned_mrr) from"
                    + " metrics.revenue where month >= date '2025-01-01' group by month"),
            1,
            rows.columns("month", "correct_ndr", "correct_new_mrr", "correct_churned_mrr")));
    assertThat(rows.columns("seed_ndr", "seed_new_mrr", "seed_churned_mrr_in_month"))
        .isNotEqualTo(rows.columns("correct_ndr", "correct_new_mrr", "correct_churned_mrr"));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-31, 2025-04-01", "2025-04-30, 2025-05-01"})
  void trials(String asOf, String excluding) throws SQLException {
    List<String> sql =
        GoldenQuery.statements("trials_month").stream()
            .map(s -> s.replace("as_of = date '2025-03-31'", "as_of = date '" + asOf + "'"))
            .toList();
    GoldenRows rows = GoldenRows.read("trials_month").where("as_of_excl", excluding::equals);
    check(
        new GoldenQuery(
            sql,
            1,
            rows.rows().stream()
                .map(
                    row ->
                        Stream.concat(Stream.of(row.get(0)), row.subList(2, row.size()).stream())
                            .toList())
                .toList()));
  }

  @Test
  void usageAndStickiness() throws SQLException {
    check(new GoldenQuery(only("usage", 0), 1, GoldenRows.read("stickiness_daily").after(0)));
    GoldenRows month = GoldenRows.read("stickiness_month");
    check(
        new GoldenQuery(
            only("usage", 1),
            1,
            month.columns("month", "avg_dau", "mau_calendar", "stickiness_avgdau_over_mau")));
    List<String> adoption =
        month.columns("month", "feature_adoption_api", "feature_adoption_boards").get(0);
    check(
        new GoldenQuery(
            only("usage", 2),
            2,
            List.of(
                List.of(adoption.get(0), "api", adoption.get(1)),
                List.of(adoption.get(0), "boards", adoption.get(2)))));
  }

  @Test
  void cohorts() throws SQLException {
    check(
        new GoldenQuery(
            only("cohort_retention", 0), 2, GoldenRows.read("cohort_retention").after(0)));
  }

  @Test
  void satisfaction() throws SQLException {
    check(new GoldenQuery(only("nps", 0), 1, GoldenRows.read("nps_trend_cumulative").after(0)));
    check(new GoldenQuery(only("nps", 1), 2, GoldenRows.read("nps_per_account").after(0)));
    check(new GoldenQuery(only("nps", 2), 1, GoldenRows.read("nps_period_responses").after(0)));
    check(new GoldenQuery(only("nps", 3), 2, GoldenRows.read("nps_response_breakdown").after(0)));
  }

  @Test
  void unitEconomics() throws SQLException {
    check(
        new GoldenQuery(only("unit_economics", 0), 1, GoldenRows.read("unit_economics").after(0)));
  }

  @Test
  void reconciliationWithTheBillingProvider() throws SQLException {
    GoldenRows rows =
        GoldenRows.read("stripe_reconciliation_2025-11")
            .where("method", m -> m.startsWith("canonical"));
    check(
        new GoldenQuery(
            only("stripe_reconciliation_2025-11", 0),
            1,
            rows.columns(
                "month",
                "semantic_mrr",
                "stripe_mrr",
                "stripe_minus_semantic",
                "difference_over_stripe",
                "gate_2pct")));
  }
}
