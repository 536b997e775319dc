package io.plumbline.engine.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries over source tables give the rows that PostgreSQL gives, or an error, never other rows.
 * Each statement of a corpus is in one frozen list.
 */
class CorpusTest {

  private static CorpusWarehouse warehouse;
  private static Connection postgres;

  @BeforeAll
  static void start() throws SQLException {
    warehouse = CorpusWarehouse.start("/corpus/schema.sql");
    postgres = warehouse.server().reader();
    try (var statement = postgres.createStatement()) {
      statement.execute("set time zone 'UTC'");
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    postgres.close();
    warehouse.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushdown", "bi-statements"})
  void everyStatementIsInExactlyOneList(String name) {
    Corpus corpus = Corpus.read(name);
    assertThat(corpus.listed()).isEqualTo(corpus.names());
  }

  @TestFactory
  Stream<DynamicTest> pushdownEqualsPostgres() {
    return equal(Corpus.read("pushdown"));
  }

  @TestFactory
  Stream<DynamicTest> pushdownBeyondPostgresGivesTheRecordedRows() {
    return accepted(Corpus.read("pushdown"));
  }

  @TestFactory
  Stream<DynamicTest> biStatementsEqualPostgres() {
    return equal(Corpus.read("bi-statements"));
  }

  @TestFactory
  Stream<DynamicTest> biStatementsBeyondPostgresGiveTheRecordedRows() {
    return accepted(Corpus.read("bi-statements"));
  }

  @TestFactory
  Stream<DynamicTest> biStatementsThatWeDoNotAnswerGiveTheRecordedError() {
    return refused(Corpus.read("bi-statements"));
  }

  @TestFactory
  Stream<DynamicTest> biStatementsOfClockAndChanceHaveTheShapeOfPostgres() {
    Corpus corpus = Corpus.read("bi-statements");
    return each(
        corpus,
        corpus.moving(),
        sql -> assertThat(warehouse.rows(sql)).hasSameSizeAs(ofPostgres(sql)));
  }

  private static Stream<DynamicTest> equal(Corpus corpus) {
    return each(
        corpus,
        corpus.equal(),
        sql -> assertThat(ours(sql)).as(sql).containsExactlyInAnyOrderElementsOf(ofPostgres(sql)));
  }

  private static Stream<DynamicTest> accepted(Corpus corpus) {
    return corpus.accepted().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(ours(corpus.statements().get(entry.getKey())))
                            .containsExactlyInAnyOrderElementsOf(entry.getValue())));
  }

  private static Stream<DynamicTest> refused(Corpus corpus) {
    return corpus.refused().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThatThrownBy(() -> ours(corpus.statements().get(entry.getKey())))
                            .isInstanceOf(QueryException.class)
                            .hasMessage(String.join("\n", entry.getValue()))));
  }

  private interface Check {
    void of(String sql) throws SQLException;
  }

  private static Stream<DynamicTest> each(Corpus corpus, List<String> names, Check check) {
    return names.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check.of(corpus.statements().get(name))));
  }

  /** A statement about the session has no rows of its own: what was understood stands for them. */
  private static List<String> ours(String sql) {
    Statement statement = warehouse.parse(sql);
    if (statement instanceof Statement.Query query) {
      return warehouse.rows(query);
    }
    return statement instanceof Statement.Explain explain
        ? warehouse.rows(new Statement.Query(explain.query()))
        : List.of(statement.toString());
  }

  private static List<String> ofPostgres(String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (var statement = postgres.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(CellText.row(rows));
      }
    }
    return all;
  }
}
