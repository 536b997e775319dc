package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.definitions.SemanticTable;
import org.junit.jupiter.api.Test;

class DemoDefinitionsTest {

  @Test
  void goldenMappingFeedsEveryCanonicalMetric() throws DefinitionException {
    SemanticModel model = read("golden");

    assertThat(model.metrics())
        .extracting(Metric::name)
        .contains("mrr", "arr", "paying_customers", "arpa", "signups", "nps", "stripe_mrr");
    assertThat(model.tables())
        .extracting(SemanticTable::name)
        .contains("revenue", "company", "nps", "reconciliation");
    assertThat(model.datasets())
        .extracting(Dataset::name)
        .contains("accounts", "subscription_intervals", "fx_rates", "nps_standing");
  }

  @Test
  void cloudflowMappingFeedsEveryCanonicalMetric() throws DefinitionException {
    SemanticModel model = read("cloudflow");

    assertThat(model.unavailable()).isEmpty();
    assertThat(model.tables()).extracting(SemanticTable::name).contains("revenue", "company");
  }

  private static SemanticModel read(String company) throws DefinitionException {
    return DefinitionReader.withCanonical().read(DemoCompany.named(company).definitions());
  }
}
