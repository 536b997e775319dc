package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.StockDriver.Serialization;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The hand-checked values of the golden company, cell by cell, through the published drivers. */
@ExtendWith(Companies.class)
class GoldenFilesTest {

  private static final List<String> FILES =
      List.of(
          "movements_day_utc",
          "movements_week_utc",
          "movements_month_utc",
          "movements_quarter_utc",
          "movements_month_by_segment_utc",
          "movements_month_los_angeles",
          "movements_month_activity_basis_utc",
          "movements_quarter_activity_basis_utc",
          "trailing12m");

  private final RunningCompany company;

  GoldenFilesTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  static Stream<Arguments> driversAndFiles() {
    return Stream.of("1.27.0", "1.28.0")
        .flatMap(
            version ->
                Stream.of(Serialization.values())
                    .flatMap(
                        serialization ->
                            FILES.stream()
                                .map(file -> Arguments.of(version, serialization, file))));
  }

  @ParameterizedTest(name = "driver {0} {1}: {2}")
  @MethodSource("driversAndFiles")
  void everyCellIsThatOfTheFile(
      String version, Serialization serialization, String file, TestReporter reporter)
      throws SQLException {
    GoldenFile golden = GoldenFile.read(file);
    int cells = golden.compare(answer(StockDriver.load(version), serialization, golden));
    assertThat(cells)
        .isEqualTo(
            golden.expected().rows().size() * (golden.keys().size() + golden.metrics().size()))
        .isPositive();
    reporter.publishEntry(file + " by driver " + version + " " + serialization, cells + " cells");
  }

  private Grid answer(StockDriver driver, Serialization serialization, GoldenFile golden)
      throws SQLException {
    try (Connection connection = company.connect(driver, serialization, "finance", Map.of());
        Statement statement = connection.createStatement()) {
      Grid last = new Grid(List.of(), List.of());
      for (String sql : golden.query()) {
        if (statement.execute(sql)) {
          try (ResultSet result = statement.getResultSet()) {
            last = Grid.read(result);
          }
        }
      }
      return last;
    }
  }

  @Test
  void theReportingZoneMayComeAsConnectionProperty() throws SQLException {
    GoldenFile golden = GoldenFile.read("movements_month_los_angeles");
    Map<String, String> zone = Map.of("time_zone", "America/Los_Angeles");
    String query = golden.query().get(golden.query().size() - 1);
    try (Connection connection = company.connect("finance", zone);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertThat(golden.compare(Grid.read(result))).isEqualTo(15 * (1 + golden.metrics().size()));
    }
  }
}
