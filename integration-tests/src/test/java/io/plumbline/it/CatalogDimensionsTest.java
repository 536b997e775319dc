package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code catalog.metrics} says of dimensions is what queries find when they are planned. */
@ExtendWith(Companies.class)
class CatalogDimensionsTest {

  private static final int METRICS_AT_ONCE = 3;

  private final RunningCompany company;

  CatalogDimensionsTest(@Company("cloudflow") RunningCompany company) {
    this.company = company;
  }

  /** Metrics of a table with the same dimensions. */
  private record Alike(String table, String grains, List<String> dimensions) {}

  @Test
  void metricsHaveTheDimensionsThatTheCatalogTells() throws SQLException {
    try (Connection admin = company.connect("admin");
        Statement statement = admin.createStatement()) {
      Map<Alike, List<String>> metrics = metrics(statement);
      assertThat(metrics).hasSizeGreaterThan(15);
      for (Map.Entry<Alike, List<String>> entry : metrics.entrySet()) {
        Alike alike = entry.getKey();
        List<String> some =
            entry.getValue().subList(0, Math.min(METRICS_AT_ONCE, entry.getValue().size()));
        if (!alike.dimensions().isEmpty()) {
          admin.prepareStatement(question(alike, some, alike.dimensions())).close();
        }
      }
    }
  }

  private static String question(Alike alike, List<String> metrics, List<String> dimensions) {
    String by = String.join(", ", dimensions);
    StringBuilder sql = new StringBuilder("select ").append(by);
    metrics.forEach(metric -> sql.append(", aggregate(").append(metric).append(")"));
    sql.append(" from metrics.").append(alike.table());
    if (alike.grains().contains(", month, ")) {
      sql.append(" where month = date '2026-01-01'");
    }
    return sql.append(" group by ").append(by).append(" limit 1").toString();
  }

  private static Map<Alike, List<String>> metrics(Statement statement) throws SQLException {
    Map<Alike, List<String>> metrics = new LinkedHashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select table_name, grains, dimensions, metric_name from catalog.metrics")) {
      while (rows.next()) {
        String names = rows.getString(3);
        List<String> dimensions = names.isEmpty() ? List.of() : List.of(names.split(", "));
        metrics
            .computeIfAbsent(
                new Alike(rows.getString(1), rows.getString(2), dimensions),
                key -> new ArrayList<>())
            .add(rows.getString(4));
      }
    }
    return metrics;
  }
}
