package io.plumbline.benchmarks.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.BenchmarkEngine;
import io.plumbline.benchmarks.BenchmarkWarehouse;
import io.plumbline.engine.Rows;
import io.plumbline.engine.Session;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured has answers. */
class PlanningQueryTest {

  private static BenchmarkWarehouse warehouse;
  private static BenchmarkEngine engine;

  @BeforeAll
  static void open() throws Exception {
    warehouse = BenchmarkWarehouse.start();
    engine = BenchmarkEngine.open(warehouse.address(), 20, 2);
  }

  @AfterAll
  static void close() {
    engine.close();
    warehouse.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyQueryHasRows(PlanningQuery query) {
    try (Session session = engine.session()) {
      long rows = count(session, query.sql());
      assertThat(rows).isEqualTo(count(session, query.sql(1))).isPositive();
      if (query == PlanningQuery.DAYS_455) {
        assertThat(rows).isEqualTo(455);
      }
    }
  }

  private static long count(Session session, String sql) {
    long count = 0;
    try (Rows rows = session.prepare(sql).execution().start(List.of(), 0)) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }
}
