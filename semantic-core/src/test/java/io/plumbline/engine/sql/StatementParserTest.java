package io.plumbline.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {

  private final StatementParser parser = new StatementParser();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set time_zone = 'Europe/Berlin'        | time_zone | Europe/Berlin",
        "SET as_of TO '2026-02-28';             | as_of     | 2026-02-28",
        "set session week_start = sunday        | week_start | sunday",
        "set time zone 'UTC'                    | time_zone | UTC",
        "set fiscal_year_start = -2             | fiscal_year_start | -2",
        "reset currency                         | currency  | default",
      })
  void settingsAreReadInEverySpelling(String sql, String name, String value) {
    assertThat(parser.parse(sql)).isEqualTo(new Statement.Set(name, value));
  }

  @Test
  void statementsAboutTheSessionAreRecognized() {
    assertThat(parser.parse("show time zone")).isEqualTo(new Statement.Show("time_zone"));
    assertThat(parser.parse("BEGIN")).isEqualTo(new Statement.Transaction("begin"));
    assertThat(parser.parse("explain plan for select 1")).isInstanceOf(Statement.Explain.class);
    assertThat(parser.parse("explain with x as (select 1) select * from x;"))
        .isInstanceOf(Statement.Explain.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill 1234", "KILL QUERY 1234;", "kill '1234'"})
  void aStatementIsEndedByItsNumber(String sql) {
    assertThat(parser.parse(sql)).isEqualTo(new Statement.Kill(1234));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill",
        "kill query",
        "kill -1",
        "kill 5 6",
        "kill 5, 6",
        "kill 99999999999999999999"
      })
  void nothingIsEndedByWhatIsNoNumber(String sql) {
    assertThatThrownBy(() -> parser.parse(sql))
        .hasMessageContaining("write KILL and a query_id of analytics.query_audit_log");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table app.workspaces",
        "insert into x values (1)",
        "update x set a = 1",
        "delete from x",
        "create table x (a int)",
        "truncate x",
        "copy x to '/tmp/x'",
        "call p()",
        "select 1 for update",
      })
  void whateverWritesIsRefused(String sql) {
    assertThatThrownBy(() -> parser.parse(sql))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("read only")
        .satisfies(e -> assertThat(((QueryException) e).state()).isEqualTo(SqlState.READ_ONLY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "selec 1                    | 42601 at 1:1: 'selec' can't stand here; did you mean 'select'?",
        "select 1; select 2         | 42601 at 1:9: several statements in one; send them one by one",
        "select 'abc                | 42601 at 1:8: the text that starts here is not closed",
        "select a from              | 42601 at 1:10: the statement ends too early",
        ";                          | 42601: the statement is empty",
        "select interval '1 eon'    | 22007 at 1:8: '1 eon' is not an interval; write for example"
            + " interval '1 month' or '3 days'",
        "select E'a\\000'           | 22021 at 1:8: the character with the number 0 can't stand in a text",
        "explain analyze select 1   | 0A000 at 1:1: EXPLAIN does not run the query; leave out ANALYZE",
      })
  void errorsSayWhatAndWhere(String sql, String message) {
    assertThatThrownBy(() -> parser.parse(sql))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void aPlaceOnALaterLineIsCountedFromItsStart() {
    assertThatThrownBy(() -> parser.parse("select 1,\n  $$two\nlines$$ from\n"))
        .isInstanceOf(QueryException.class)
        .satisfies(e -> assertThat(((QueryException) e).place()).contains(new Place(3, 9)));
  }

  @Test
  void theCharacterThatNoTextHoldsIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> parser.parse("select\n 'a\0b'"))
        .isInstanceOf(QueryException.class)
        .hasMessage("22021 at 2:4: the character with the number 0 can't stand in a statement");
  }

  @Test
  void dateWordsAreNames() {
    parser.parse(
        "select month, year as day, t.date, value, count, at, of, position from t where quarter ="
            + " date '2025-04-01' and timestamp > timestamp '2025-01-01' group by month, week");
  }

  @Test
  void aTextOfTenMegabytesIsRefusedAtOnce() {
    Instant start = Instant.now();
    String sql = "select '" + "x".repeat(10_000_000) + "'";
    assertThatThrownBy(() -> parser.parse(sql))
        .isInstanceOf(QueryException.class)
        .hasMessage("53400: the statement has 10000009 characters; at most 1000000 are allowed");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void deepNestingIsAnErrorAndNoOverflow() {
    assertThatThrownBy(() -> parser.parse("select " + "(".repeat(5_000) + "1" + ")".repeat(5_000)))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> parser.parse("select " + "case when true then ".repeat(20_000)))
        .isInstanceOf(QueryException.class);
    assertThatThrownBy(() -> parser.parse("select " + "- ".repeat(200_000) + "x from"))
        .isInstanceOf(QueryException.class);
  }

  @Test
  void parenthesesUpToTheLimitTakeNoTime() {
    Instant start = Instant.now();
    parser.parse("select " + "(".repeat(60) + "1" + ")".repeat(60));
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }
}
