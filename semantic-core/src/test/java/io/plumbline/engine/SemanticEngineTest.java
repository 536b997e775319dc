package io.plumbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestWarehouse.Provider.class)
class SemanticEngineTest {

  private final GoldenEngine golden;

  SemanticEngineTest(GoldenEngine golden) {
    this.golden = golden;
  }

  @Test
  void monthlyRecurringRevenueOfAQuarterIsThatAtItsEnd() {
    assertThat(
            golden.rows("select sum(mrr) from metrics.revenue where quarter = date '2025-04-01'"))
        .containsExactly("10990");
  }
}
