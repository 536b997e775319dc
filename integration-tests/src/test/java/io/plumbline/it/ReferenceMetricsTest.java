package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.LoadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every revenue metric against independent SQL over the source tables: grains, dimensions, filters,
 * zones and ranges that begin and end anywhere.
 */
@ExtendWith(Companies.class)
class ReferenceMetricsTest {

  private static final String UTC = "UTC";
  private static final String LOS_ANGELES = "America/Los_Angeles";
  private static final List<String> NONE = List.of();

  @TestFactory
  Stream<DynamicTest> golden(@Company("golden") RunningCompany company) {
    LocalDate asOf = LocalDate.of(2026, 3, 31);
    LocalDate begin = LocalDate.of(2024, 6, 1);
    LocalDate end = asOf.plusDays(1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, LOS_ANGELES)) {
      for (String grain : List.of("week", "month", "quarter", "year")) {
        questions.add(new MetricQuestion(grain, NONE, "", begin, end, zone));
        questions.add(
            new MetricQuestion(grain, List.of("segment", "region"), "", begin, end, zone));
      }
      LocalDate spring = LocalDate.of(2025, 2, 3);
      questions.add(new MetricQuestion("day", NONE, "", spring, LocalDate.of(2025, 11, 20), zone));
      questions.add(
          new MetricQuestion(
              "day", List.of("segment"), "region <> 'NA'", spring, spring.plusDays(90), zone));
      questions.add(
          new MetricQuestion(
              "month", List.of("account_id"), "", spring, LocalDate.of(2026, 1, 20), zone));
      questions.add(
          new MetricQuestion(
              "quarter",
              List.of("region"),
              "segment in ('SMB', 'Self-Serve') or region = 'EMEA'",
              LocalDate.of(2025, 1, 17),
              LocalDate.of(2026, 2, 9),
              zone));
    }
    return tests(company, asOf, questions);
  }

  @TestFactory
  Stream<DynamicTest> cloudflow(@Company("cloudflow") RunningCompany company) {
    LocalDate asOf = LocalDate.of(2026, 2, 28);
    LocalDate begin = LocalDate.of(2023, 3, 1);
    LocalDate end = asOf.plusDays(1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, LOS_ANGELES)) {
      for (String grain : List.of("week", "month", "quarter", "year")) {
        questions.add(new MetricQuestion(grain, NONE, "", begin, end, zone));
      }
      questions.add(new MetricQuestion("month", List.of("segment"), "", begin, end, zone));
      questions.add(
          new MetricQuestion(
              "month", List.of("region"), "segment <> 'Self-Serve'", begin, end, zone));
      questions.add(
          new MetricQuestion(
              "day", NONE, "", LocalDate.of(2025, 2, 20), LocalDate.of(2025, 11, 20), zone));
      questions.add(
          new MetricQuestion(
              "quarter",
              List.of("account_id"),
              "segment = 'SMB'",
              LocalDate.of(2024, 5, 17),
              LocalDate.of(2025, 12, 9),
              zone));
    }
    return tests(company, asOf, questions);
  }

  @TestFactory
  Stream<DynamicTest> anotherCompanyInTheSameFiles(@TempDir Path folder) throws IOException {
    long seed = Long.getLong("plumbline.seed", 20260331L);
    new RandomCompanyFiles(seed).writeTo(folder);
    RunningCompany company = RunningCompany.start("golden", LoadOptions.SMALL.withData(folder));
    LocalDate begin = LocalDate.of(2024, 6, 1);
    LocalDate end = LocalDate.of(2026, 4, 1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, LOS_ANGELES, "Asia/Kolkata")) {
      for (String grain : List.of("week", "month", "quarter", "year")) {
        questions.add(new MetricQuestion(grain, NONE, "", begin, end, zone));
        questions.add(
            new MetricQuestion(grain, List.of("segment"), "region <> 'NA'", begin, end, zone));
      }
      questions.add(
          new MetricQuestion(
              "day", List.of("region"), "", begin.plusDays(200), begin.plusDays(330), zone));
      questions.add(
          new MetricQuestion(
              "month", List.of("account_id"), "segment is null", begin, end.minusDays(40), zone));
    }
    return tests(company, LocalDate.of(2026, 3, 31), questions).onClose(company::close);
  }

  @TestFactory
  Stream<DynamicTest> movementsOfGolden(@Company("golden") RunningCompany company) {
    LocalDate begin = LocalDate.of(2024, 6, 1);
    LocalDate end = LocalDate.of(2026, 4, 1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, LOS_ANGELES)) {
      for (String grain : List.of("week", "month", "quarter", "year")) {
        questions.add(new MetricQuestion(grain, NONE, "", begin, end, zone));
        questions.add(
            new MetricQuestion(grain, List.of("segment", "region"), "", begin, end, zone));
      }
      questions.add(
          new MetricQuestion("day", NONE, "", begin.plusDays(250), begin.plusDays(400), zone));
      questions.add(
          new MetricQuestion(
              "month", List.of("account_id"), "", begin.plusDays(17), end.minusDays(9), zone));
    }
    return movementTests(company, LocalDate.of(2026, 3, 31), questions);
  }

  @TestFactory
  Stream<DynamicTest> movementsOfCloudFlow(@Company("cloudflow") RunningCompany company) {
    LocalDate begin = LocalDate.of(2023, 3, 1);
    LocalDate end = LocalDate.of(2026, 3, 1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, LOS_ANGELES)) {
      questions.add(new MetricQuestion("month", NONE, "", begin, end, zone));
      questions.add(
          new MetricQuestion("quarter", List.of("segment"), "region <> 'NA'", begin, end, zone));
      questions.add(
          new MetricQuestion(
              "day", NONE, "", LocalDate.of(2024, 2, 20), LocalDate.of(2024, 3, 10), zone));
    }
    return movementTests(company, LocalDate.of(2026, 2, 28), questions);
  }

  @TestFactory
  Stream<DynamicTest> movementsOfAnotherCompany(@TempDir Path folder) throws IOException {
    long seed = Long.getLong("plumbline.seed", 20260331L);
    new RandomCompanyFiles(seed).writeTo(folder);
    RunningCompany company = RunningCompany.start("golden", LoadOptions.SMALL.withData(folder));
    LocalDate begin = LocalDate.of(2024, 6, 1);
    LocalDate end = LocalDate.of(2026, 4, 1);
    List<MetricQuestion> questions = new ArrayList<>();
    for (String zone : List.of(UTC, "Asia/Kolkata")) {
      for (String grain : List.of("week", "month", "year")) {
        questions.add(new MetricQuestion(grain, NONE, "", begin, end, zone));
      }
      questions.add(
          new MetricQuestion("quarter", List.of("segment"), "region <> 'NA'", begin, end, zone));
      questions.add(
          new MetricQuestion(
              "month", List.of("account_id"), "segment is null", begin, end.minusDays(40), zone));
    }
    return movementTests(company, LocalDate.of(2026, 3, 31), questions).onClose(company::close);
  }

  private static Stream<DynamicTest> movementTests(
      RunningCompany company, LocalDate asOf, List<MetricQuestion> questions) {
    return questions.stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    "movements " + question,
                    () ->
                        bothAgree(
                            company,
                            question,
                            question.askedMovements(),
                            question.movementReference(asOf))));
  }

  private static Stream<DynamicTest> tests(
      RunningCompany company, LocalDate asOf, List<MetricQuestion> questions) {
    return questions.stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    question.toString(),
                    () ->
                        bothAgree(company, question, question.asked(), question.reference(asOf))));
  }

  private static void bothAgree(
      RunningCompany company, MetricQuestion question, String asked, String reference)
      throws SQLException {
    Grid actual;
    try (Connection server = company.connect("admin", Map.of("time_zone", question.zone()))) {
      actual = answer(server, asked);
    }
    try (Connection warehouse = company.reference()) {
      Grid expected = answer(warehouse, reference);
      assertThat(expected.rows()).as("the reference has rows").isNotEmpty();
      assertThat(actual.sortedRows()).as(asked).isEqualTo(expected.sortedRows());
    }
  }

  private static Grid answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return Grid.read(result);
    }
  }
}
