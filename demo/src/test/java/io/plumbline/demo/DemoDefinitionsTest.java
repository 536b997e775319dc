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
        .containsExactly(
            "mrr",
            "arr",
            "opening_mrr",
            "opening_arr",
            "paying_customers",
            "opening_customers",
            "arpa",
            "signups");
    assertThat(model.tables())
        .extracting(SemanticTable::name)
        .containsExactly("revenue", "company");
    assertThat(model.datasets())
        .extracting(Dataset::name)
        .startsWith("accounts", "subscription_intervals", "fx_rates");
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
