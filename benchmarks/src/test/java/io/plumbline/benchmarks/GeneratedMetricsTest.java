package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.SemanticTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedMetricsTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 500})
  void modelHasAsManyMetricsAsAskedFor(int metrics) throws Exception {
    assertThat(BenchmarkEngine.model(metrics).metrics()).hasSize(metrics);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100})
  void aCompanyOfGeneratedMetricsStandsAlone(int metrics) throws Exception {
    assertThat(
            DefinitionReader.withoutCanonical()
                .read(List.of(GeneratedMetrics.company(metrics)))
                .metrics())
        .hasSize(metrics);
  }

  @Test
  void generatedMetricsAreColumnsOfTheCompanyTable() throws Exception {
    assertThat(BenchmarkEngine.model(200).tables())
        .filteredOn(table -> table.name().equals("company"))
        .flatExtracting(SemanticTable::metrics)
        .contains("generated_0", "generated_3");
  }
}
