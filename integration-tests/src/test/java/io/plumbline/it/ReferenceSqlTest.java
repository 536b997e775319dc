package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.LoadOptions;
import io.plumbline.demo.ProgressListener;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference SQL, which judges the server elsewhere, itself agrees with the hand-checked files;
 * no server takes part.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceSqlTest {

  private final EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(Optional.empty());

  @BeforeAll
  void load() throws SQLException {
    for (DemoCompany company : DemoCompany.all()) {
      company.loadInto(warehouse, LoadOptions.SMALL, ProgressListener.SILENT);
    }
  }

  @ParameterizedTest
  @CsvSource({"mrr, closing", "opening_mrr, opening"})
  void everyMonthAndSegmentIsThatOfTheGeneratorsAnswerKey(String metric, String side)
      throws SQLException {
    String sql =
        """
        select coalesce(r.segment, 'all') as segment, count(*), count(*) filter (where abs(r.sum - m.value) > 0.005)
        from (select period_start, segment, sum(%s)
              from pg_temp.revenue('month', date '2023-03-01', date '2026-03-01')
              group by grouping sets ((period_start, segment), (period_start))) r
        join truth.metric_values m
          on m.metric = '%s' and m.grain = 'month' and m.period_start = r.period_start
          and m.segment = coalesce(r.segment, 'all')
        group by 1"""
            .formatted(side, metric);
    try (Connection connection = RunningCompany.reference(warehouse, "cloudflow");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      Grid grid = Grid.read(result);
      assertThat(grid.rows()).hasSize(5).allMatch(row -> row.get(1).equals("36"));
      assertThat(grid.rows()).allMatch(row -> row.get(2).equals("0"));
    }
  }

  @AfterAll
  void stop() {
    warehouse.close();
  }

  @ParameterizedTest
  @CsvSource({
    "movements_day_utc, day, 2025-01-01, UTC, period_start, 455",
    "movements_week_utc, week, 2024-12-30, UTC, period_start, 66",
    "movements_month_utc, month, 2025-01-01, UTC, period_start, 15",
    "movements_quarter_utc, quarter, 2025-01-01, UTC, period_start, 5",
    "movements_month_by_segment_utc, month, 2025-01-01, UTC, 'period_start, segment', 60",
    "movements_month_los_angeles, month, 2025-01-01, America/Los_Angeles, period_start, 15",
  })
  void everyCellIsThatOfTheFile(
      String file, String grain, String from, String zone, String keys, int rows)
      throws SQLException {
    GoldenFile golden = GoldenFile.read(file);
    String values =
        golden.metrics().entrySet().stream()
            .map(e -> MovementMetrics.reference(e.getKey()) + " as " + e.getValue())
            .collect(Collectors.joining(", "));
    String sql =
        "select %s, %s from pg_temp.movements('%s', date '%s', date '2026-04-01', '%s', date '2026-03-31') group by %s"
            .formatted(keys, values, grain, from, zone, keys);
    try (Connection connection = RunningCompany.reference(warehouse, "golden");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(golden.compare(Grid.read(result)))
          .isEqualTo(rows * (golden.keys().size() + golden.metrics().size()));
    }
  }
}
