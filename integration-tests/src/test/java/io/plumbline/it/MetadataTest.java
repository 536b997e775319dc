package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.DemoUser;
import io.plumbline.demo.GoldenCompany;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** JDBC metadata shows what the user may see, with what a metric means in REMARKS. */
@ExtendWith(Companies.class)
class MetadataTest {

  private final RunningCompany company;

  MetadataTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @Test
  void schemasAndTablesAreThoseOfTheUser() throws SQLException {
    try (Connection analyst = company.connect("analyst");
        Connection pm = company.connect("pm");
        Connection manager = company.connect("cs_manager")) {
      assertThat(schemas(analyst)).contains("golden", "metrics", "analytics");
      assertThat(schemas(pm)).contains("metrics", "analytics").doesNotContain("golden");
      assertThat(schemas(manager)).contains("metrics", "analytics");
      assertThat(tables(analyst, "%", "%")).contains("golden.accounts", "metrics.revenue");
      assertThat(tables(pm, "%", "%"))
          .contains("metrics.revenue", "analytics.mrr_monthly")
          .noneMatch(table -> table.startsWith("golden."));
      assertThat(tables(manager, "%", "%")).contains("metrics.revenue");
    }
  }

  @Test
  void everyUserReadsAllOfTheCatalogThatIsShown() throws SQLException {
    for (DemoUser user : new GoldenCompany().users()) {
      try (Connection connection = company.connect(user.name());
          Statement statement = connection.createStatement()) {
        List<String> catalog = tables(connection, "catalog", "%");
        assertThat(catalog).as(user.name()).contains("catalog.metrics", "catalog.my_access");
        for (String table : catalog) {
          statement.executeQuery("select * from " + table).close();
        }
      }
    }
  }

  @Test
  void patternsMatchInAnyCaseSinceSomeToolsSendUpperCase() throws SQLException {
    try (Connection analyst = company.connect("analyst")) {
      assertThat(tables(analyst, "METRICS", "REV%")).containsExactly("metrics.revenue");
    }
  }

  @Test
  void columnsTellMetricsFromDimensionsAndWhatTheyMean() throws SQLException {
    try (Connection analyst = company.connect("analyst");
        ResultSet columns = analyst.getMetaData().getColumns(null, "metrics", "revenue", "%")) {
      List<String> names = new ArrayList<>();
      while (columns.next()) {
        String name = columns.getString("COLUMN_NAME");
        names.add(name);
        if (name.equals("mrr")) {
          assertThat(columns.getString("REMARKS")).isNotEmpty();
          assertThat(columns.getString("IS_GENERATEDCOLUMN")).isEqualTo("YES");
          assertThat(columns.getInt("DATA_TYPE")).isEqualTo(java.sql.Types.DECIMAL);
        }
        if (name.equals("month")) {
          assertThat(columns.getInt("DATA_TYPE")).isEqualTo(java.sql.Types.DATE);
        }
      }
      assertThat(names)
          .contains("metric_time", "month", "segment", "account_id", "mrr", "arr", "arpa")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void resultColumnsBearTheNamesAsWritten() throws SQLException {
    try (Connection analyst = company.connect("analyst");
        ResultSet result =
            analyst
                .createStatement()
                .executeQuery(
                    "select segment as \"Segment Name\", sum(mrr) as \"sum:mrr:ok\""
                        + " from metrics.revenue group by segment limit 1")) {
      assertThat(result.getMetaData().getColumnLabel(1)).isEqualTo("Segment Name");
      assertThat(result.getMetaData().getColumnLabel(2)).isEqualTo("sum:mrr:ok");
    }
  }

  private static List<String> schemas(Connection connection) throws SQLException {
    List<String> schemas = new ArrayList<>();
    try (ResultSet result = connection.getMetaData().getSchemas()) {
      while (result.next()) {
        schemas.add(result.getString("TABLE_SCHEM"));
      }
    }
    return schemas;
  }

  private static List<String> tables(Connection connection, String schema, String table)
      throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet result = connection.getMetaData().getTables(null, schema, table, null)) {
      while (result.next()) {
        tables.add(result.getString("TABLE_SCHEM") + "." + result.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
