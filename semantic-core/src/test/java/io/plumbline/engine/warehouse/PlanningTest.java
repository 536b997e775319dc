package io.plumbline.engine.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.sql.Statement;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From text to the warehouse's SQL: errors, names, threads, time. */
class PlanningTest {

  private static final int THREADS = 8;

  private static CorpusWarehouse corpus;

  @BeforeAll
  static void start() throws SQLException {
    corpus = CorpusWarehouse.start("/warehouse/types.sql");
  }

  @AfterAll
  static void stop() {
    corpus.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select exakt from every_type | 42703 at 1:8: column 'exakt' not found in saas.every_type;"
            + " did you mean 'exact'?",
        "select * from saas.every_typ | 42P01 at 1:15: table 'saas.every_typ' not found;"
            + " did you mean 'saas.every_type'?",
        "select lowr(secret) from every_type | 42883 at 1:8: function 'lowr' not found;"
            + " did you mean 'lower'?",
        "select secret, count(*) from every_type | 42803 at 1:8: 'secret' must be in GROUP BY or"
            + " inside an aggregate function",
        "select id from every_type a, every_type b | 42702 at 1:8: column 'id' is in several tables;"
            + " put the table's name before it",
        "select id from every_type where sum(id) > 1 | 42803 at 1:33: an aggregate function can't"
            + " stand in WHERE; use HAVING",
        "select cast(id as date) from every_type | 42804 at 1:8: integer can't be cast to date",
        "select date '2025-02-30' | 22008 at 1:8: there is no date '2025-02-30'",
        "select timestamp 'noon' | 22007 at 1:8: 'noon' is not a timestamp; write for example"
            + " timestamp '2025-11-30 18:30:00'",
        "select pg_sleep(1) | 42883 at 1:8: function 'pg_sleep' not found",
        "select set_config('a', 'b', false) | 42883 at 1:8: function 'set_config' not found",
      })
  void errorsNameTheNearestNameAndThePlace(String sql, String message) {
    assertThatThrownBy(() -> corpus.render(sql))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void columnsWithoutANameGetTheOneOfTheirFunctionOrMetric() {
    Statement.Query query =
        (Statement.Query)
            corpus.parse(
                "select count(*), sum(exact), cast(day as text), aggregate(free), 1 + 1"
                    + " from every_type group by day");
    assertThat(corpus.convert(query).rowType().getFieldNames())
        .containsExactly("count", "sum", "day", "free", "?column?");
  }

  @Test
  void anOrderByAnAggregateDoesNotAggregateItsAliasAgain() {
    assertThat(
            corpus.render(
                "select day, sum(free) as free from every_type group by day order by sum(free)"))
        .containsOnlyOnce("SUM(");
  }

  @Test
  void aProjectionIsWrittenOnceHoweverOftenItIsUsed() {
    String sql =
        corpus.render(
            "select s + 1, s + 2, s + 3 from (select row_number() over (order by id) * 2 as s"
                + " from every_type) t");
    assertThat(sql).containsOnlyOnce("OVER (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from numbered where copy = 1",
        "select id from numbered where 1 = copy and id > 0",
        "select id from (select id, copy from numbered order by id limit 9) as n where copy = 1",
        "select e.id from every_type as e left join numbered as n on n.id = e.id and n.copy = 1",
        "select n.id from every_type as e join numbered as n on n.id = e.id where n.copy = 1",
      })
  void theFirstRowOfEachPartitionIsAskedForInWordsThatAreEstimatedWell(String query) {
    String sql =
        corpus.render(
            "with numbered as (select id, row_number() over (partition by flags order by id) as copy"
                + " from every_type) "
                + query);
    assertThat(sql).contains(" <= 1").doesNotContain(" = 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from (select id, rank() over (order by id) as copy from every_type) n where copy = 1",
        "select id from (select id, row_number() over (order by id) as copy from every_type) n where copy = 2",
        "select id from every_type where id = 1",
      })
  void otherEqualitiesStay(String query) {
    assertThat(corpus.render(query)).doesNotContain("<=");
  }

  @Test
  void eightThreadsPlanTheSameSql() throws Exception {
    List<String> queries =
        List.of(
            "select day, sum(exact) from every_type where flags group by day order by 2 desc",
            "select * from every_type a left join every_type b on a.id = b.id + 1",
            "select id from every_type t where exists (select 1 from every_type u where u.id > t.id)",
            "with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select * from r");
    List<String> expected = queries.stream().map(corpus::render).toList();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Boolean>> done =
          IntStream.range(0, THREADS * 50)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              corpus
                                  .render(queries.get(i % queries.size()))
                                  .equals(expected.get(i % queries.size()))))
              .toList();
      for (Future<Boolean> same : done) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A loose bound; the benchmarks measure. */
  @Test
  void planningASimpleQueryTakesMilliseconds() {
    String sql =
        "select day, sum(exact) as s from every_type where day >= date '2025-01-01' group by day"
            + " order by day limit 10";
    IntStream.range(0, 300).forEach(i -> corpus.render(sql));
    long start = cpuNanos();
    IntStream.range(0, 100).forEach(i -> corpus.render(sql));
    assertThat((cpuNanos() - start) / 100 / 1_000_000.0).isLessThan(10.0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
