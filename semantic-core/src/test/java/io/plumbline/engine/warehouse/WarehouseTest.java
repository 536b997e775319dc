package io.plumbline.engine.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import io.plumbline.engine.RunningQuery;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Catalog, execution, cancellation and errors of the warehouse. */
class WarehouseTest {

  private static CorpusWarehouse corpus;
  private static Warehouse warehouse;

  @BeforeAll
  static void start() throws SQLException {
    corpus = CorpusWarehouse.start(Duration.ofSeconds(20), "/warehouse/types.sql");
    warehouse = corpus.warehouse();
  }

  @AfterAll
  static void stop() {
    corpus.close();
  }

  @Test
  void theCatalogHoldsTablesViewsAndPartitionsWithTheirTypes() {
    WarehouseTable table = warehouse.catalog().table("saas", "every_type").orElseThrow();
    assertThat(table.columns().stream().map(c -> c.name() + " " + c.type().getFullTypeString()))
        .contains(
            "id INTEGER NOT NULL",
            "exact DECIMAL(18, 2)",
            "free DECIMAL(38, 16)",
            "at TIMESTAMP_WITH_LOCAL_TIME_ZONE(6)",
            "day DATE",
            "flags BOOLEAN");
    assertThat(warehouse.catalog().schemas().get("saas"))
        .containsKeys("a_view", "a_materialized_view", "partitioned", "every_type");
    assertThat(warehouse.catalog().schemas())
        .doesNotContainKeys("pg_catalog", "information_schema");
  }

  @Test
  void theCatalogHoldsTheKeysThatAreUniqueOverAllRowsAtAnyMoment() throws SQLException {
    execute(
        "create table saas.keyed (a int not null, b int not null, c int, d int not null unique"
            + " deferrable, unique (a, b), unique (c));"
            + "create unique index on saas.keyed (a) where b > 0;"
            + "create unique index on saas.keyed ((a + b));"
            + "create unique index on saas.keyed (b) include (c);"
            + "create table saas.parent (id int primary key);"
            + "create table saas.child () inherits (saas.parent)");
    warehouse.refresh();
    assertThat(keys("keyed")).containsExactlyInAnyOrder(Set.of("a", "b"), Set.of("b"));
    assertThat(keys("every_type")).containsExactly(Set.of("id"));
    assertThat(keys("parent")).isEmpty();
    assertThat(keys("a_view")).isEmpty();
  }

  private static List<Set<String>> keys(String table) {
    return warehouse.catalog().table("saas", table).orElseThrow().keys();
  }

  @Test
  void theVersionOfTheCatalogChangesWithTheTables() throws SQLException {
    String before = warehouse.catalog().version();
    warehouse.refresh();
    assertThat(warehouse.catalog().version()).isEqualTo(before);
    execute("create table saas.later (id int)");
    warehouse.refresh();
    assertThat(warehouse.catalog().version()).isNotEqualTo(before);
    assertThat(warehouse.catalog().table("saas", "later")).isPresent();
  }

  @Test
  void everyTypeCanBeRead() {
    assertThat(
            corpus.rows(
                "select exact, free, at, day, flags, payload, key, span, list from every_type where id = 1"))
        .containsExactly(
            "[1.5, 0.123456789012346, 2025-06-01T10:00, 2025-06-01, true, {\"a\": 1},"
                + " 7d444840-9dc0-11d1-b245-5ffdce74fad2, 1 mon 2 days, {1,2}]");
    assertThat(
            corpus.rows(
                "select payload ->> 'a', list[1], at + span, key from every_type where id = 1"))
        .containsExactly("[1, 1, 2025-07-03T10:00, 7d444840-9dc0-11d1-b245-5ffdce74fad2]");
  }

  @Test
  void numericsKeepEveryDigit() {
    assertThat(warehouse.rows(plan("select free * 1000000000000 from every_type where id = 1")))
        .containsExactly(
            List.of(new BigDecimal("123456789012.345678901234567890123456789000000000000")));
  }

  @Test
  void daysBeforeTheGregorianCalendarAndInfinityAreReadAsDocumented() {
    assertThat(corpus.rows("select day, moment from every_type where id = 2"))
        .containsExactly("[1500-02-28, 1500-02-28T12:00]");
    assertThat(corpus.rows("select day, moment from every_type where id in (3, 4) order by id"))
        .containsExactly(
            "[9999-12-31, 9999-12-31T23:59:59.999999]", "[0001-01-01, 0001-01-01T00:00]");
  }

  @Test
  void parametersOfEveryTypeAreBoundByTheirIndex() {
    String sql =
        "select id from every_type where exact = ? and day = ? and at = ? and key = ? and flags = ?"
            + " limit ? offset ?";
    WarehouseStatement statement = warehouse.render(plan(sql));
    try (Rows rows =
        warehouse
            .execution(statement, List.of(column("id", ResultColumn.Type.INTEGER)))
            .start(
                List.of(
                    new BigDecimal("1.50"),
                    LocalDate.of(2025, 6, 1),
                    Instant.parse("2025-06-01T10:00:00Z"),
                    "7d444840-9dc0-11d1-b245-5ffdce74fad2",
                    true,
                    5L,
                    0L),
                0)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.intAt(0)).isEqualTo(1);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aParameterHasTheTypeThatWasPlanned() {
    WarehouseStatement statement = warehouse.render(plan("select cast(? as integer) + 1"));
    try (Rows rows =
        warehouse
            .execution(statement, List.of(column("x", ResultColumn.Type.INTEGER)))
            .start(List.of(41L), 0)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.intAt(0)).isEqualTo(42);
    }
  }

  @Test
  void atMostMaxRowsAreRead() {
    RunningQuery query =
        warehouse.execution(
            warehouse.render(plan("select n from generate_series(1, 100000) as n")),
            List.of(column("n", ResultColumn.Type.INTEGER)));
    int count = 0;
    try (Rows rows = query.start(List.of(), 7)) {
      while (rows.next()) {
        count++;
      }
    }
    assertThat(count).isEqualTo(7);
  }

  @Test
  void aStatementThatWasCanceledBeforeItsStartDoesNotRun() {
    RunningQuery query = slow();
    query.cancel();
    assertCanceled(() -> query.start(List.of(), 0));
  }

  @Test
  void aRunningStatementIsCanceledInTheWarehouse() throws Exception {
    for (int delay : new int[] {0, 1, 2, 5, 20, 300}) {
      RunningQuery query = slow();
      CompletableFuture<Rows> running =
          CompletableFuture.supplyAsync(() -> query.start(List.of(), 0));
      Thread.sleep(delay);
      query.cancel();
      assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(Throwable.class)
          .satisfies(e -> assertThat(state(e.getCause())).isEqualTo(SqlState.CANCELED));
    }
    assertThat(running()).isZero();
  }

  @Test
  void aResultThatWasCanceledGivesNoMoreRows() {
    RunningQuery query =
        warehouse.execution(
            warehouse.render(plan("select n from generate_series(1, 3000000) as n")),
            List.of(column("n", ResultColumn.Type.INTEGER)));
    try (Rows rows = query.start(List.of(), 0)) {
      assertThat(rows.next()).isTrue();
      query.cancel();
      assertCanceled(rows::next);
    }
    query.cancel();
  }

  @Test
  void aConnectionComesBackAfterAnAbandonedResult() throws SQLException {
    for (int i = 0; i < 30; i++) {
      RunningQuery query =
          warehouse.execution(
              warehouse.render(plan("select n from generate_series(1, 100000) as n")),
              List.of(column("n", ResultColumn.Type.INTEGER)));
      Rows rows = query.start(List.of(), 0);
      rows.next();
      rows.close();
    }
    assertThat(running()).isZero();
  }

  @Test
  void errorsOfTheWarehouseAreSaidByClassWithoutValuesOrSql() {
    assertThatThrownBy(() -> corpus.rows("select 1 / (id - 1) from every_type"))
        .isInstanceOf(QueryException.class)
        .hasMessage("22012: division by zero");
    assertThatThrownBy(() -> corpus.rows("select cast(secret as integer) from every_type"))
        .isInstanceOf(QueryException.class)
        .hasMessage("22P02: a text is not a valid value of the type that it is cast to")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void writingIsImpossibleWhateverReachesTheWarehouse() {
    WarehouseStatement statement =
        new WarehouseStatement("insert into saas.every_type (id) values (99)", List.of());
    assertThatThrownBy(() -> warehouse.execution(statement, List.of()).start(List.of(), 0))
        .isInstanceOf(QueryException.class)
        .satisfies(
            e ->
                assertThat(((QueryException) e).state())
                    .isIn(SqlState.READ_ONLY, SqlState.INSUFFICIENT_PRIVILEGE));
  }

  @Test
  void instantsAreReadInUtcWhateverTheZoneOfThisMachine() {
    assertThat(warehouse.rows(plan("select at from every_type where id = 1")))
        .containsExactly(List.of(LocalDateTime.of(2025, 6, 1, 10, 0)));
    assertThat(
            corpus.rows(
                "select cast(at as date), extract(hour from at) from every_type where id = 1"))
        .containsExactly("[2025-06-01, 10]");
  }

  @Test
  void anUnreachableWarehouseIsSaidSo() {
    WarehouseSettings nowhere =
        new WarehouseSettings(
            "jdbc:postgresql://127.0.0.1:17199/none",
            "nobody",
            "",
            1,
            Duration.ofMillis(500),
            Duration.ZERO);
    assertThatThrownBy(
            () ->
                Warehouse.open(nowhere, io.plumbline.engine.sql.PlumblineTypeSystem.typeFactory()))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "57P03: the warehouse is not reachable at jdbc:postgresql://127.0.0.1:17199/none:"
                + " nothing answers there. Check the url, and that PostgreSQL runs");
  }

  private static org.apache.calcite.rel.RelNode plan(String sql) {
    return corpus
        .convert((io.plumbline.engine.sql.Statement.Query) corpus.parse(sql))
        .root()
        .project();
  }

  /** Counts for minutes. */
  private static RunningQuery slow() {
    return warehouse.execution(
        warehouse.render(
            plan(
                "select count(*) from generate_series(1, 100000) as a, generate_series(1, 100000) as b"
                    + " where a.a + b.b = 7")),
        List.of(column("n", ResultColumn.Type.BIGINT)));
  }

  private static ResultColumn column(String name, ResultColumn.Type type) {
    return new ResultColumn(name, type, 0, 0, true, "", false);
  }

  private static void assertCanceled(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(QueryException.class)
        .satisfies(e -> assertThat(state(e)).isEqualTo(SqlState.CANCELED));
  }

  private static SqlState state(Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    return ((QueryException) cause).state();
  }

  /** Statements of ours that the warehouse still runs, or transactions that are open. */
  private static int running() throws SQLException {
    try (Connection owner = corpus.server().owner();
        var statement = owner.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name = 'plumbline'"
                    + " and state <> 'idle'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection owner = corpus.server().owner();
        var statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
