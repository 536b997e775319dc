package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every way to write a grain with every way to write a range: one answer, that of plain SQL. */
@ExtendWith(Companies.class)
class TimeFormsTest {

  /**
   * A way to write a grain.
   *
   * @param grouped expressions to select and group by
   * @param shown what they show, in terms of the first day of the period
   */
  private record Form(String grain, String grouped, String shown) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("day", "day", "period_start"),
          new Form("day", "metric_time", "period_start"),
          new Form("day", "cast(metric_time as date)", "period_start"),
          new Form("day", "date_trunc('day', metric_time)", "period_start"),
          new Form("day", "to_char(metric_time, 'YYYY-MM-DD')", "period_start::text"),
          new Form("week", "week", "period_start"),
          new Form("week", "date_trunc('week', metric_time)", "period_start"),
          new Form("week", "floor(metric_time to week)", "period_start"),
          new Form("month", "month", "period_start"),
          new Form("month", "date_trunc('month', metric_time)", "period_start"),
          new Form("month", "date_trunc('MONTH', day)", "period_start"),
          new Form("month", "date_trunc('month', metric_time)::date", "period_start"),
          new Form(
              "month",
              "cast(date_trunc('month', cast(metric_time as date)) as date)",
              "period_start"),
          new Form("month", "floor(metric_time to month)", "period_start"),
          new Form(
              "month",
              "extract(year from metric_time), extract(month from metric_time)",
              "extract(year from period_start), extract(month from period_start)"),
          new Form(
              "month",
              "date_part('year', metric_time), date_part('month', metric_time)",
              "extract(year from period_start), extract(month from period_start)"),
          new Form(
              "month",
              "{fn year(metric_time)}, {fn month(metric_time)}",
              "extract(year from period_start), extract(month from period_start)"),
          new Form("month", "to_char(metric_time, 'YYYY-MM')", "to_char(period_start, 'YYYY-MM')"),
          new Form(
              "month",
              "year, extract(month from metric_time)",
              "date_trunc('year', period_start)::date, extract(month from period_start)"),
          new Form("quarter", "quarter", "period_start"),
          new Form("quarter", "date_trunc('quarter', month)", "period_start"),
          new Form(
              "quarter",
              "extract(year from metric_time), extract(quarter from metric_time)",
              "extract(year from period_start), extract(quarter from period_start)"),
          new Form("year", "year", "period_start"),
          new Form("year", "date_trunc('year', metric_time)", "period_start"),
          new Form("year", "extract(year from metric_time)", "extract(year from period_start)"));

  /** All of them select 2025-03-01 to 2025-08-31. */
  private static final List<String> RANGES =
      List.of(
          "metric_time between date '2025-03-01' and date '2025-08-31'",
          "metric_time >= '2025-03-01' and metric_time < '2025-09-01'",
          "metric_time >= timestamp '2025-03-01 00:00:00' and metric_time < timestamp '2025-09-01 00:00:00'",
          "metric_time > {d '2025-02-28'} and not metric_time > {d '2025-08-31'}",
          "month >= date '2025-03-01' and month <= date '2025-08-01'",
          "month in (date '2025-03-01', date '2025-04-01', date '2025-05-01', date '2025-06-01', date '2025-07-01', date '2025-08-01')",
          "extract(year from metric_time) = 2025 and extract(month from metric_time) between 3 and 8",
          "date_trunc('month', metric_time) between date '2025-03-01' and date '2025-08-01'",
          "to_char(metric_time, 'YYYYMM') >= '202503' and to_char(metric_time, 'YYYYMM') <= '202508'",
          "not (metric_time < date '2025-03-01' or metric_time >= date '2025-09-01')",
          "year = date '2025-01-01' and month > date '2025-02-01' and day < date '2025-09-01'",
          "metric_time >= date '2025-02-01' + interval '1 month' and metric_time < date '2025-03-01' + interval '6' month",
          "metric_time between cast('2025-03-01' as date) and current_date - 212");

  private final RunningCompany company;

  TimeFormsTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @TestFactory
  Stream<DynamicTest> everyFormWithEveryRange() throws SQLException {
    Connection server = company.connect("analyst");
    Connection warehouse = company.reference();
    return FORMS.stream()
        .map(
            form ->
                DynamicTest.dynamicTest(
                    form.grain() + " as " + form.grouped(),
                    () -> {
                      for (String range : RANGES) {
                        bothAgree(server, warehouse, form, range);
                      }
                    }))
        .onClose(() -> close(server, warehouse));
  }

  private static void bothAgree(Connection server, Connection warehouse, Form form, String range)
      throws SQLException {
    String asked =
        "select %s, aggregate(opening_mrr), aggregate(mrr), aggregate(arpa) from metrics.revenue where %s group by %s"
            .formatted(form.grouped(), range, form.grouped());
    String reference =
        """
        select %s, sum(opening), sum(closing), sum(closing) / nullif(count(*) filter (where closing > 0), 0)
        from pg_temp.revenue('%s', date '2025-03-01', date '2025-09-01') group by period_start"""
            .formatted(form.shown(), form.grain());
    assertThat(answer(server, asked).sortedRows())
        .as(asked)
        .isEqualTo(answer(warehouse, reference).sortedRows());
  }

  private static Grid answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return Grid.read(result);
    }
  }

  private static void close(Connection server, Connection warehouse) {
    try {
      server.close();
      warehouse.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
