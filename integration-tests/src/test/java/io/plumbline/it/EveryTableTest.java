package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a tool asks first of whatever it finds: the first rows of every table and view. */
@ExtendWith(Companies.class)
class EveryTableTest {

  @TestFactory
  Stream<DynamicTest> golden(@Company("golden") RunningCompany company) throws SQLException {
    return firstRowsOfEverything(company);
  }

  @TestFactory
  Stream<DynamicTest> cloudflow(@Company("cloudflow") RunningCompany company) throws SQLException {
    return firstRowsOfEverything(company);
  }

  private static Stream<DynamicTest> firstRowsOfEverything(RunningCompany company)
      throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection admin = company.connect("admin")) {
      for (String schema : List.of("metrics", "analytics", "catalog")) {
        tables.addAll(tables(admin, schema));
      }
    }
    assertThat(tables).contains("metrics.revenue", "metrics.company", "analytics.mrr_monthly");
    return tables.stream().map(table -> dynamicTest(table, () -> checkFirstRows(company, table)));
  }

  private static List<String> tables(Connection connection, String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found = connection.getMetaData().getTables(null, schema, "%", null)) {
      while (found.next()) {
        tables.add(schema + "." + found.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private static void checkFirstRows(RunningCompany company, String table) throws SQLException {
    String[] name = table.split("\\.");
    try (Connection admin = company.connect("admin");
        Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table + " limit 10")) {
      assertThat(columns(rows.getMetaData()))
          .isEqualTo(columns(admin, name[0], name[1]))
          .isNotEmpty();
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isLessThanOrEqualTo(10);
    }
  }

  private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      names.add(metadata.getColumnLabel(i));
    }
    return names;
  }

  private static List<String> columns(Connection connection, String schema, String table)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet columns = connection.getMetaData().getColumns(null, schema, table, "%")) {
      while (columns.next()) {
        names.add(columns.getString("COLUMN_NAME"));
      }
    }
    return names;
  }
}
