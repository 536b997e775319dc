package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parameters may stand anywhere, in time filters too, and each execution has values of its own. */
@ExtendWith(Companies.class)
class ParametersTest {

  private final RunningCompany company;
  private Connection connection;

  ParametersTest(@Company("golden") RunningCompany company) throws SQLException {
    this.company = company;
    this.connection = company.connect("analyst");
  }

  @BeforeEach
  void connect() throws SQLException {
    connection.close();
    connection = company.connect("analyst");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void aTimeFilterTakesItsBoundsAtExecution() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select month, aggregate(mrr) as mrr from metrics.revenue"
                + " where metric_time >= ? and metric_time < ? group by month order by month")) {
      statement.setDate(1, Date.valueOf("2025-01-01"));
      statement.setDate(2, Date.valueOf("2025-03-01"));
      assertThat(rows(statement).lines())
          .containsExactly(
              "| month      | mrr   |", "| 2025-01-01 | 8650  |", "| 2025-02-01 | 10350 |");
      statement.setDate(1, Date.valueOf("2025-12-01"));
      statement.setDate(2, Date.valueOf("2026-01-01"));
      assertThat(rows(statement).lines())
          .containsExactly("| month      | mrr          |", "| 2025-12-01 | 11113.333333 |");
    }
  }

  @Test
  void aGrainColumnTakesOne() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select sum(mrr) as mrr from metrics.revenue where quarter = ?")) {
      statement.setDate(1, Date.valueOf("2025-04-01"));
      assertThat(rows(statement).column("mrr")).containsExactly("10990");
      statement.setDate(1, Date.valueOf("2025-01-01"));
      assertThat(rows(statement).column("mrr")).containsExactly("11350");
    }
  }

  @Test
  void aTemplateTakesThemInAnyOrder() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select segment, mrr from table(templates.revenue_by_segment(segment => ?,"
                + " to_month => ?, from_month => ?)) where mrr > ?")) {
      assertThat(statement.getParameterMetaData().getParameterTypeName(2))
          .isEqualToIgnoringCase("date");
      statement.setString(1, "SMB");
      statement.setDate(2, Date.valueOf("2025-12-01"));
      statement.setDate(3, Date.valueOf("2025-12-01"));
      statement.setInt(4, 1);
      assertThat(rows(statement).lines()).containsExactly("| segment | mrr |", "| SMB     | 790 |");
    }
  }

  @Test
  void aDimensionFilterTakesSeveral() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select segment, aggregate(mrr) as mrr from metrics.revenue"
                + " where month = date '2025-12-01' and segment in (?, ?)"
                + " group by segment order by mrr desc")) {
      statement.setString(1, "SMB");
      statement.setString(2, "Enterprise");
      assertThat(rows(statement).column("mrr")).containsExactly("5500", "790");
    }
  }

  @Test
  void limitAndOffsetKeepTheirOrder() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select account_id from golden.accounts where region = ?"
                + " order by account_id limit ? offset ?")) {
      statement.setString(1, "NA");
      statement.setInt(2, 2);
      statement.setInt(3, 1);
      assertThat(rows(statement).column("account_id")).containsExactly("A02", "A04");
    }
  }

  @Test
  void aMetricIsComparedWithOne() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select month from metrics.revenue where month >= date '2025-01-01'"
                + " group by month having aggregate(mrr) > ? order by month")) {
      statement.setBigDecimal(1, new BigDecimal("12000"));
      assertThat(rows(statement).column("month")).containsExactly("2026-02-01", "2026-03-01");
    }
  }

  @Test
  void anOutputTakesOneAndNull() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select cast(? as integer) + 1 as n")) {
      statement.setInt(1, 41);
      assertThat(rows(statement).column("n")).containsExactly("42");
      statement.setNull(1, java.sql.Types.INTEGER);
      assertThat(rows(statement).column("n")).containsExactly("null");
    }
  }

  @Test
  void aParameterThatMayBeNullTurnsAFilterOff() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) as n from golden.accounts where (? is null or segment = ?)")) {
      statement.setNull(1, java.sql.Types.VARCHAR);
      statement.setNull(2, java.sql.Types.VARCHAR);
      assertThat(rows(statement).column("n")).containsExactly("14");
      statement.setString(1, "SMB");
      statement.setString(2, "SMB");
      assertThat(rows(statement).column("n")).containsExactly("4");
    }
  }

  @Test
  void aCastGivesAParameterItsType() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select cast(? as double precision) + 1 as n")) {
      statement.setDouble(1, 1.5);
      assertThat(rows(statement).column("n")).containsExactly("2.5");
    }
  }

  private static Grid rows(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      return Grid.read(result);
    }
  }
}
