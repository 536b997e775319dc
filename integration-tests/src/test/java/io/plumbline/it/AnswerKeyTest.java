package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every number that CloudFlow's generator worked out while it generated, which no table of the
 * sources holds, against what the server makes of those tables, dirt and all. The profile {@code
 * scale1} runs it over the whole company.
 */
@ExtendWith(Companies.class)
class AnswerKeyTest {

  /** Metrics of one query. */
  private static final int TOGETHER = 6;

  /**
   * The driver gives up after three minutes; a busy machine may need more for the whole company.
   */
  private static final Map<String, String> PATIENT = Map.of("http_response_timeout", "1800000");

  /** A hundredth of a percent. */
  private static final BigDecimal TOLERANCE = new BigDecimal("0.0001");

  private static final MathContext DEVIATION = new MathContext(3, RoundingMode.HALF_UP);

  private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

  private final RunningCompany company;

  AnswerKeyTest(@Company("cloudflow") RunningCompany company) {
    this.company = company;
  }

  /** A period, and the segment or {@code all}. */
  private record Cell(String period, String segment) {}

  @ParameterizedTest(name = "by {0}, each segment: {1}")
  @CsvSource({"month, false", "quarter, false", "month, true", "quarter, true"})
  void everyValueOfTheAnswerKeyIsThatOfTheServer(
      String grain, boolean eachSegment, TestReporter reporter) throws SQLException {
    Map<String, Map<Cell, Optional<BigDecimal>>> wanted = wanted(grain, eachSegment);
    List<String> metrics = List.copyOf(wanted.keySet());
    List<String> differences = new ArrayList<>();
    List<BigDecimal> deviations = new ArrayList<>();
    try (Connection connection = company.connect("admin", PATIENT)) {
      for (int from = 0; from < metrics.size(); from += TOGETHER) {
        List<String> some = metrics.subList(from, Math.min(from + TOGETHER, metrics.size()));
        Map<String, Map<Cell, Optional<BigDecimal>>> answer =
            answer(connection, some, grain, eachSegment);
        some.forEach(metric -> compare(metric, wanted, answer, differences, deviations));
      }
    }
    reporter.publishEntry(
        deviations.size() + " cells, largest relative deviation " + Collections.max(deviations));
    assertThat(metrics).hasSizeGreaterThan(80);
    assertThat(differences).isEmpty();
  }

  private static void compare(
      String metric,
      Map<String, Map<Cell, Optional<BigDecimal>>> wanted,
      Map<String, Map<Cell, Optional<BigDecimal>>> answer,
      List<String> differences,
      List<BigDecimal> deviations) {
    Map<Cell, Optional<BigDecimal>> actual = answer.getOrDefault(metric, Map.of());
    wanted
        .getOrDefault(metric, Map.of())
        .forEach(
            (cell, value) -> {
              Optional<BigDecimal> found = actual.getOrDefault(cell, Optional.empty());
              deviations.add(deviation(value, found));
              if (!isSame(value, found) || !actual.containsKey(cell)) {
                differences.add(metric + " " + cell + ": " + found + " instead of " + value);
              }
            });
  }

  /** By how much a value is off, relative to the one that is right; 0 if either is none. */
  private static BigDecimal deviation(Optional<BigDecimal> wanted, Optional<BigDecimal> actual) {
    if (wanted.isEmpty() || actual.isEmpty() || wanted.get().signum() == 0) {
      return BigDecimal.ZERO;
    }
    return actual.get().subtract(wanted.get()).abs().divide(wanted.get().abs(), DEVIATION);
  }

  private static boolean isSame(Optional<BigDecimal> wanted, Optional<BigDecimal> actual) {
    if (wanted.isEmpty() || actual.isEmpty()) {
      return wanted.isEmpty() && actual.isEmpty();
    }
    BigDecimal allowed = wanted.get().abs().multiply(TOLERANCE).add(ROUNDING);
    return wanted.get().subtract(actual.get()).abs().compareTo(allowed) <= 0;
  }

  private Map<String, Map<Cell, Optional<BigDecimal>>> wanted(String grain, boolean eachSegment)
      throws SQLException {
    String sql =
        "select metric, period_start, segment, value from truth.metric_values where grain = '"
            + grain
            + "' and (segment <> 'all') = "
            + eachSegment;
    Map<String, Map<Cell, Optional<BigDecimal>>> values = new TreeMap<>();
    try (Connection connection = company.warehouse().owner();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values
            .computeIfAbsent(result.getString(1), metric -> new HashMap<>())
            .put(
                new Cell(result.getString(2), result.getString(3)),
                Optional.ofNullable(result.getBigDecimal(4)));
      }
    }
    return values;
  }

  private static Map<String, Map<Cell, Optional<BigDecimal>>> answer(
      Connection connection, List<String> metrics, String grain, boolean eachSegment)
      throws SQLException {
    String keys = grain + (eachSegment ? ", segment" : "");
    List<String> items = metrics.stream().map(metric -> "aggregate(" + metric + ")").toList();
    String sql =
        "select "
            + keys
            + ", "
            + String.join(", ", items)
            + " from metrics.company where metric_time >= date '2023-03-01' group by "
            + keys;
    Map<String, Map<Cell, Optional<BigDecimal>>> values = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int first = eachSegment ? 3 : 2;
      while (result.next()) {
        Cell cell = new Cell(result.getString(1), eachSegment ? result.getString(2) : "all");
        for (int i = 0; i < metrics.size(); i++) {
          values
              .computeIfAbsent(metrics.get(i), metric -> new HashMap<>())
              .put(cell, Optional.ofNullable(result.getBigDecimal(first + i)));
        }
      }
    }
    return values;
  }

  @Test
  void theBillingProviderShowsALittleMoreInEachOfTheLastThreeMonths() throws SQLException {
    String sql =
        "select pct_difference, status from analytics.mrr_reconciliation order by month desc limit 3";
    try (Connection connection = company.connect("finance");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      Grid grid = Grid.read(result);
      boolean whole = RunningCompany.scale() == 1;
      assertThat(grid.column("status")).containsExactly("pass", "pass", "pass");
      assertThat(grid.column("pct_difference"))
          .extracting(BigDecimal::new)
          .allMatch(p -> p.compareTo(new BigDecimal(whole ? "0.21" : "0.205")) >= 0)
          .allMatch(p -> p.compareTo(new BigDecimal(whole ? "0.25" : "0.255")) < 0);
    }
  }

  /** Three preparers, one signature: only the signed-off number is within half a percent. */
  @Test
  void onlyTheNumberThatFinanceSignedOffPassesItsGate() throws SQLException {
    BigDecimal ours;
    try (Connection connection = company.connect("finance");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select our_arr, finance_arr from analytics.arr_reconciliation")) {
      assertThat(result.next()).isTrue();
      ours = result.getBigDecimal(1);
      assertThat(passes(ours, result.getBigDecimal(2))).isTrue();
      assertThat(result.next()).isFalse();
    }
    try (Connection connection = company.warehouse().owner();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select arr from finance.arr_reported where signed_off_at is null")) {
      int drafts = 0;
      while (result.next()) {
        assertThat(passes(ours, result.getBigDecimal(1))).isFalse();
        drafts++;
      }
      assertThat(drafts).isEqualTo(2);
    }
  }

  private static boolean passes(BigDecimal ours, BigDecimal reported) {
    BigDecimal allowed = reported.multiply(new BigDecimal("0.005"));
    return ours.subtract(reported).abs().compareTo(allowed) <= 0;
  }
}
