package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalTest {

  @Test
  void companyThatMapsNothingHasNoMetricsButIsTold() throws DefinitionException {
    SemanticModel model = DefinitionReader.withCanonical().read(List.of());

    assertThat(model.metrics()).extracting(Metric::name).containsExactly("period_months");
    assertThat(model.tables()).isEmpty();
    assertThat(model.unavailable())
        .contains(
            new Unavailable("metric", "mrr", "no dataset implements 'subscription_intervals'"));
  }

  @Test
  void everyCanonicalNumberIsDescribedAndOwned() throws DefinitionException {
    SemanticModel model = DefinitionReader.withCanonical().read(Texts.files(MAPPING));

    assertThat(model.metrics()).isNotEmpty().allSatisfy(CanonicalTest::assertDocumented);
  }

  private static void assertDocumented(Metric metric) {
    assertThat(metric.info().description()).as(metric.name()).isNotEmpty();
    assertThat(metric.info().owner()).as(metric.name()).isNotEmpty();
  }

  @Test
  void companyAddsMetricsOfItsOwnToTheTableOfAll() throws DefinitionException {
    SemanticModel model =
        DefinitionReader.withCanonical()
            .read(
                Texts.files(
                    MAPPING,
                    "version: 1\nmetrics:\n  - {name: big_mrr, type: derived, expr: mrr * 2, unit: currency}\n"));

    assertThat(table(model, "company").metrics()).contains("mrr", "big_mrr");
    assertThat(table(model, "revenue").metrics()).doesNotContain("big_mrr");
  }

  @Test
  void companyMayNotRedefineACanonicalMetric() {
    assertThat(
            problems(
                "version: 1\nmetrics:\n  - {name: mrr, type: derived, expr: opening_mrr / 12, unit: currency}\n"))
        .containsExactly(
            "a.yaml:3:12: Metric 'mrr' is defined twice, first at canonical/revenue.yaml:5:11. Rename or remove one of them.");
  }

  @Test
  void companyReplacesACanonicalMetricAndThoseMadeOfItFollow() throws DefinitionException {
    SemanticModel model =
        DefinitionReader.withCanonical()
            .read(
                Texts.files(
                    MAPPING,
                    "version: 1\nmetrics:\n  - {name: opening_mrr, replaces: canonical, type: derived, expr: mrr / 2, unit: currency}\n"));

    assertThat(model.metric("opening_mrr").orElseThrow()).isInstanceOf(Metric.Derived.class);
    assertThat(table(model, "revenue").metrics()).contains("opening_mrr", "opening_arr");
    assertThat(model.metrics()).extracting(Metric::name).doesNotHaveDuplicates();
  }

  @Test
  void whatReplacesACanonicalMetricFindsItAndKeepsItsUnit() {
    assertThat(
            problems(
                """
                version: 1
                metrics:
                  - {name: opening_mr, replaces: canonical, type: derived, expr: mrr / 2, unit: currency}
                  - {name: opening_mrr, replaces: canonical, type: derived, expr: mrr / 2, unit: count}
                """))
        .contains(
            "a.yaml:3:12: Metric 'opening_mr' replaces a canonical metric, but there is none of this name. Correct the name, or remove `replaces`.",
            "a.yaml:4:12: Metric 'opening_mrr' is in count, but the canonical metric that it replaces is in currency. Write `unit: currency`.");
  }

  @Test
  void aCanonicalMetricIsReplacedOnce() {
    String metric =
        "  - {name: opening_mrr, replaces: canonical, type: derived, expr: mrr / 2, unit: currency}\n";
    assertThat(problems("version: 1\nmetrics:\n" + metric + metric))
        .containsExactly(
            "a.yaml:4:12: Metric 'opening_mrr' is defined twice, first at a.yaml:3:12. Rename or remove one of them.");
  }

  private static List<String> problems(String text) {
    try {
      DefinitionReader.withCanonical().read(Texts.files(text));
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  private static SemanticTable table(SemanticModel model, String name) {
    return model.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static final String MAPPING =
      """
      version: 1
      datasets:
        - implements: accounts
          source: crm.company
          zone: UTC
          columns: {account_id: id, name: name, created_at: created, is_internal: 'false'}
        - implements: subscription_intervals
          source: billing.item
          zone: stored
          columns: {interval_id: id, account_id: company, mrr: amount, currency: cur, valid_from: f, valid_to: t}
        - implements: churn_stints
          source: billing.stint
          zone: stored
          columns: {account_id: company, contract_end: e, paid_through: p, last_paid_invoice: l, usage_zero: z}
      """;
}
