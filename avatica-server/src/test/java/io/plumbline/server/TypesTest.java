package io.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.server.http.ServerSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of each type, there and back, in both serializations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TypesTest {

  private static final String ALL =
      "select true as b, 12::smallint as s, -2147483648 as i, 9223372036854775807 as l,"
          + " 1234567890123456789012345678.1234567890::numeric as n, 100::numeric as n0,"
          + " 0.10::numeric(10,2) as n2, 1e-20::numeric as tiny, 0.1::real as r,"
          + " 0.1::double precision as d, 1e300::double precision as big,"
          + " date '2026-02-28' as day, date '1500-03-01' as old, time '23:59:58.123' as t,"
          + " timestamp '2026-02-28 13:14:15.123' as ts, timestamp '1500-01-01 00:00:00' as oldts,"
          + " timestamptz '2026-02-28 13:14:15.5+05:30' as tz, 'plain' as txt,"
          + " E'\\\\ \" \\t \\n é 日本 \\U0001F600 \\u0001' as odd, ''::text as empty,"
          + " '\\x00ff10'::bytea as bin, '6f2c1f0e-0000-4000-8000-000000000001'::uuid as u,"
          + " '{\"a\": 1}'::jsonb as j, interval '1 day 02:03:04' as iv, array[1.5, null] as arr";

  private TestServer test;

  @BeforeAll
  void start() {
    test = new TestServer(ServerSettings.loopback(0));
  }

  @AfterAll
  void stop() {
    test.close();
  }

  private static List<String> cells(ResultSet rows) throws SQLException {
    List<String> cells = new ArrayList<>();
    ResultSetMetaData meta = rows.getMetaData();
    while (rows.next()) {
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        cells.add(meta.getColumnLabel(i) + "=" + rows.getString(i) + "|" + value(rows, meta, i));
      }
    }
    return cells;
  }

  /** By the getter that fits the column's type. */
  private static String value(ResultSet rows, ResultSetMetaData meta, int i) throws SQLException {
    Object value =
        switch (meta.getColumnType(i)) {
          case Types.BOOLEAN -> rows.getBoolean(i);
          case Types.SMALLINT -> rows.getShort(i);
          case Types.INTEGER -> rows.getInt(i);
          case Types.BIGINT -> rows.getLong(i);
          case Types.DECIMAL -> rows.getBigDecimal(i);
          case Types.REAL -> rows.getFloat(i) + "/" + rows.getDouble(i);
          case Types.DOUBLE -> rows.getDouble(i);
          case Types.DATE -> rows.getDate(i);
          case Types.TIME -> rows.getTime(i);
          case Types.TIMESTAMP -> rows.getTimestamp(i);
          case Types.VARBINARY ->
              rows.getBytes(i) == null ? null : java.util.Arrays.toString(rows.getBytes(i));
          default -> rows.getString(i);
        };
    return rows.wasNull() ? "null" : String.valueOf(value);
  }

  private List<String> cells(String serialization, String sql) throws SQLException {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return cells(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void eachTypeArrivesAsItIs(String serialization) throws Exception {
    assertThat(cells(serialization, ALL))
        .containsExactly(
            "b=true|true",
            "s=12|12",
            "i=-2147483648|-2147483648",
            "l=9223372036854775807|9223372036854775807",
            "n=1234567890123456789012345678.1234567890|1234567890123456789012345678.1234567890",
            "n0=100|100",
            "n2=0.10|0.10",
            "tiny=1E-20|1E-20",
            "r=0.1|0.1/0.1",
            "d=0.1|0.1",
            serialization.equals("json") ? "big=1.0E+300|1.0E300" : "big=1.0E300|1.0E300",
            "day=2026-02-28|2026-02-28",
            "old=1500-03-01|1500-03-01",
            "t=23:59:58.123|23:59:58",
            "ts=2026-02-28 13:14:15.123|2026-02-28 13:14:15.123",
            "oldts=1500-01-01 00:00:00.000|1500-01-01 00:00:00.0",
            "tz=2026-02-28 07:44:15.500|2026-02-28 07:44:15.5",
            "txt=plain|plain",
            "odd=\\ \" \t \n é 日本 \uD83D\uDE00 \u0001|\\ \" \t \n é 日本 \uD83D\uDE00 \u0001",
            "empty=|",
            "bin=\u0000\uFFFD\u0010|[0, -1, 16]",
            "u=6f2c1f0e-0000-4000-8000-000000000001|6f2c1f0e-0000-4000-8000-000000000001",
            "j={\"a\": 1}|{\"a\": 1}",
            "iv=1 day 02:03:04|1 day 02:03:04",
            "arr={1.5,NULL}|{1.5,NULL}");
  }

  @Test
  void nullsOfEachTypeAreNull() throws Exception {
    String sql = "select a.* from (" + ALL + ") a right join (select 1) one on false";
    for (String serialization : List.of("protobuf", "json")) {
      assertThat(cells(serialization, sql))
          .hasSize(25)
          .allMatch(cell -> cell.endsWith("null|null"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void notANumberIsNullAndInfinityIsKept(String serialization) throws Exception {
    String sql =
        "select 'NaN'::float8, 'Infinity'::float8, '-Infinity'::float8, 'NaN'::real,"
            + " 'Infinity'::real";
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      rows.getDouble(1);
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.getDouble(2)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(rows.getDouble(3)).isEqualTo(Double.NEGATIVE_INFINITY);
      rows.getFloat(4);
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.getFloat(5)).isEqualTo(Float.POSITIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void infiniteDatesAreTheLastAndTheFirst(String serialization) throws Exception {
    String sql =
        "select 'infinity'::date, '-infinity'::date, 'infinity'::timestamp,"
            + " '-infinity'::timestamptz";
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("9999-12-31");
      assertThat(rows.getString(2)).isEqualTo("0001-01-01");
      assertThat(rows.getString(3)).isEqualTo("9999-12-31 23:59:59.999");
      assertThat(rows.getString(4)).isEqualTo("0001-01-01 00:00:00.000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void parametersOfEachTypeAreUnderstood(String serialization) throws Exception {
    String sql =
        "select ?::boolean, ?::smallint, ?::integer, ?::bigint, ?::numeric, ?::double precision,"
            + " ?::date, ?::time, ?::timestamp, ?::text, ?::bytea";
    try (Connection connection = test.connect(serialization);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(11);
      assertThat(statement.getParameterMetaData().getParameterType(7)).isEqualTo(Types.DATE);
      statement.setBoolean(1, true);
      statement.setShort(2, (short) 7);
      statement.setInt(3, 8);
      statement.setLong(4, 1L << 60);
      statement.setBigDecimal(5, new BigDecimal("1.50"));
      statement.setDouble(6, 0.1);
      statement.setDate(7, Date.valueOf("2026-02-28"));
      statement.setTime(8, Time.valueOf("10:20:30"));
      statement.setTimestamp(9, Timestamp.valueOf("2026-02-28 10:20:30.5"));
      statement.setString(10, "naïve 'text'");
      statement.setBytes(11, "bytes".getBytes(StandardCharsets.UTF_8));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(cells(rows))
            .extracting(cell -> cell.substring(cell.indexOf('|') + 1))
            .containsExactly(
                "true",
                "7",
                "8",
                "1152921504606846976",
                "1.50",
                "0.1",
                "2026-02-28",
                "10:20:30",
                "2026-02-28 10:20:30.5",
                "naïve 'text'",
                "[98, 121, 116, 101, 115]");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void parametersMayComeAsTextAndAsNull(String serialization) throws Exception {
    String sql = "select ?::date, ?::timestamp, ?::integer, ?::numeric, ?::date";
    try (Connection connection = test.connect(serialization);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "2026-02-28");
      statement.setString(2, "2026-02-28 10:00:00");
      statement.setString(3, "42");
      statement.setString(4, "4.20");
      statement.setNull(5, Types.DATE);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(cells(rows))
            .extracting(cell -> cell.substring(cell.indexOf('|') + 1))
            .containsExactly("2026-02-28", "2026-02-28 10:00:00.0", "42", "4.20", "null");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void aParameterThatDoesNotFitIsNamed(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        PreparedStatement statement = connection.prepareStatement("select ?::date, ?::integer")) {
      statement.setString(1, "soon");
      statement.setInt(2, 1);
      assertThatThrownBy(statement::executeQuery)
          .hasMessageContaining("parameter 1: 'soon' is not a date")
          .satisfies(e -> assertThat(StockDriverTest.state(e)).isEqualTo("22023"));
      statement.setDate(1, Date.valueOf("2026-01-01"));
      statement.setLong(2, 1L << 40);
      assertThatThrownBy(statement::executeQuery)
          .hasMessageContaining("parameter 2: '1099511627776' is not a integer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void columnsAreDescribed(String serialization) throws Exception {
    try (Connection connection = test.connect(serialization);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from app.accounts where 1 = 0")) {
      ResultSetMetaData meta = rows.getMetaData();
      assertThat(meta.getColumnName(3)).isEqualTo("mrr");
      assertThat(meta.getColumnType(3)).isEqualTo(Types.DECIMAL);
      assertThat(meta.getPrecision(3)).isEqualTo(12);
      assertThat(meta.getScale(3)).isEqualTo(2);
      assertThat(meta.getColumnClassName(4)).isEqualTo("java.sql.Date");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aTimestampShowsTheSameClockInEveryZone() throws Exception {
    Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    try (Connection connection = test.connect("protobuf");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select timestamp '2026-03-29 02:30:00'")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("2026-03-29 02:30:00.000");
      assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2026-03-29 02:30:00"));
      assertThat(rows.getTimestamp(1, utc).toInstant()).hasToString("2026-03-29T02:30:00Z");
    }
  }
}
