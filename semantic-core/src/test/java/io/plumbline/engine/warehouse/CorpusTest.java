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
import java.util.Map;
import java.util.function.Function;
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

  private static final String[] CORPORA = {"pushdown", "bi-statements", "expressions", "queries"};

  private static CorpusWarehouse warehouse;
  private static Connection postgres;

  @BeforeAll
  static void start() throws SQLException {
    warehouse = CorpusWarehouse.start("/corpus/schema.sql");
    postgres = warehouse.server().reader();
    try (var statement = postgres.createStatement()) {
      statement.execute("set time zone 'UTC'");
      statement.execute("set search_path = saas");
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    postgres.close();
    warehouse.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushdown", "bi-statements", "expressions", "queries"})
  void everyStatementIsInExactlyOneList(String name) {
    Corpus corpus = Corpus.read(name);
    assertThat(corpus.listed()).isEqualTo(corpus.names());
  }

  @TestFactory
  Stream<DynamicTest> statementsEqualPostgres() {
    return eachCorpus(
        corpus ->
            each(
                corpus,
                corpus.equal(),
                sql ->
                    assertThat(ours(sql))
                        .as(sql)
                        .containsExactlyInAnyOrderElementsOf(ofPostgres(sql))));
  }

  @TestFactory
  Stream<DynamicTest> statementsBeyondPostgresGiveTheRecordedRows() {
    return eachCorpus(
        corpus ->
            each(
                corpus,
                List.copyOf(corpus.accepted().keySet()),
                (name, sql) ->
                    assertThat(ours(sql))
                        .containsExactlyInAnyOrderElementsOf(recorded(corpus.accepted(), name))));
  }

  @TestFactory
  Stream<DynamicTest> statementsThatWeDoNotAnswerGiveTheRecordedError() {
    return eachCorpus(
        corpus ->
            each(
                corpus,
                List.copyOf(corpus.refused().keySet()),
                (name, sql) ->
                    assertThatThrownBy(() -> ours(sql))
                        .isInstanceOf(QueryException.class)
                        .hasMessage(String.join("\n", recorded(corpus.refused(), name)))));
  }

  @TestFactory
  Stream<DynamicTest> statementsOfClockAndChanceHaveAnAnswer() {
    return eachCorpus(
        corpus -> each(corpus, corpus.moving(), sql -> assertThat(ours(sql)).hasSizeBetween(0, 5)));
  }

  private static Stream<DynamicTest> eachCorpus(Function<Corpus, Stream<DynamicTest>> tests) {
    return Stream.of(CORPORA).map(Corpus::read).flatMap(tests);
  }

  private static List<String> recorded(Map<String, List<String>> blocks, String name) {
    return blocks.getOrDefault(name, List.of());
  }

  private interface Check {
    void of(String sql) throws SQLException;
  }

  private interface NamedCheck {
    void of(String name, String sql) throws SQLException;
  }

  private static Stream<DynamicTest> each(Corpus corpus, List<String> names, Check check) {
    return each(corpus, names, (name, sql) -> check.of(sql));
  }

  private static Stream<DynamicTest> each(Corpus corpus, List<String> names, NamedCheck check) {
    return names.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check.of(name, corpus.statement(name))));
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
