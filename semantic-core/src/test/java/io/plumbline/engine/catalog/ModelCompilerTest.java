package io.plumbline.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.Bakery;
import io.plumbline.engine.TestWarehouse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What definitions say is checked against the warehouse, and each problem has its place. */
@ExtendWith(TestWarehouse.Provider.class)
class ModelCompilerTest {

  private final Bakery bakery;

  ModelCompilerTest(Bakery bakery) {
    this.bakery = bakery;
  }

  /** The problems of the bakery's definitions after changes, given in pairs. */
  private List<String> problems(String... changes) throws DefinitionException {
    String text = Bakery.definitions().text();
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(text).contains(changes[i]);
      text = text.replace(changes[i], changes[i + 1]);
    }
    var model =
        DefinitionReader.withCanonical().read(List.of(new DefinitionFile("bakery.yaml", text)));
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> bakery.engine().reload(model));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aColumnThatTheSourceLacksIsNamedAtItsPlace() throws DefinitionException {
    assertThat(problems("mrr: fee", "mrr: fea"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:15:12: ")
        .contains("'fea'");
  }

  @Test
  void thePlaceIsThatInsideAnExpressionOfSeveralLines() throws DefinitionException {
    assertThat(problems("mrr: fee", "mrr: fee\n        * 2\n        / fea"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:17:11: ");
  }

  @Test
  void aColumnOfAnotherTypeIsRefused() throws DefinitionException {
    assertThat(problems("region: town", "region: internal"))
        .containsExactly(
            "bakery.yaml:6:100: Column 'accounts.region' must be text, but the expression is"
                + " boolean. Cast it, or map another column.");
  }

  @Test
  void aClockWithoutZoneIsRefused() throws DefinitionException {
    assertThat(problems("created_at: created,", "created_at: cast(created as timestamp),"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:6:60: Column 'accounts.created_at' must be timestamptz")
        .endsWith("Say in which zone the clock was read: 'zone: UTC'.");
  }

  @Test
  void aTableThatTheWarehouseLacksIsRefused() throws DefinitionException {
    assertThat(problems("source: bakery.shop", "source: bakery.shops"))
        .contains(
            "bakery.yaml:4:13: Dataset 'accounts' reads bakery.shops, which the warehouse does not"
                + " have. Name an existing table, or a query with 'sql:'.");
  }

  @Test
  void aQueryThatDoesNotCompileIsRefusedAtItsPlace() throws DefinitionException {
    assertThat(problems("source: bakery.rate", "sql: |\n      select *\n      from bakery.rates"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("bakery.yaml:26:12: ").contains("rates"));
  }

  @Test
  void anExclusionThatDoesNotCompileIsRefusedAtItsPlace() throws DefinitionException {
    assertThat(
            problems("accounts.is_internal", "accounts.is_internal and accounts.name > 5 + true"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:41:");
  }

  @Test
  void aViewThatDoesNotCompileIsRefusedAtItsPlace() throws DefinitionException {
    assertThat(
            problems(
                "tables:\n",
                "views:\n"
                    + "  - name: broken\n"
                    + "    sql: |\n"
                    + "      select month,\n"
                    + "        aggregate(mrr) as mrr, segmnt\n"
                    + "      from metrics.revenue group by month\n\n"
                    + "tables:\n"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:52:32: ")
        .contains("segmnt");
  }

  @Test
  void aViewThatCanNotBeAnsweredIsRefusedAtItsPlace() throws DefinitionException {
    assertThat(
            problems(
                "tables:\n",
                "views:\n"
                    + "  - {name: wrong, sql: 'select month, avg(mrr) as m from metrics.revenue"
                    + " group by month'}\n\n"
                    + "tables:\n"))
        .singleElement()
        .asString()
        .startsWith(
            "bakery.yaml:49:39: View 'wrong' can't be answered: avg(mrr): mrr is a snapshot");
    assertThat(
            problems(
                "tables:\n",
                "views:\n"
                    + "  - {name: wrong, sql: 'select date_trunc(''month'', metric_time + interval"
                    + " ''9'' day) as m, aggregate(mrr) as mrr from metrics.revenue group by"
                    + " 1'}\n\n"
                    + "tables:\n"))
        .singleElement()
        .asString()
        .startsWith("bakery.yaml:49:")
        .contains("View 'wrong' can't be answered: this time expression changes its value");
  }

  @Test
  void allProblemsAreReportedTogether() throws DefinitionException {
    assertThat(
            problems(
                "mrr: fee",
                "mrr: fea",
                "region: town",
                "region: twon",
                "expr: pages, type",
                "expr: pagez, type"))
        .satisfiesExactly(
            town ->
                assertThat(town)
                    .startsWith("bakery.yaml:6:100: column 'twon' not found in bakery.shop"),
            fee ->
                assertThat(fee)
                    .startsWith("bakery.yaml:15:12: column 'fea' not found in bakery.contract"),
            pages ->
                assertThat(pages)
                    .startsWith("bakery.yaml:37:21: column 'pagez' not found in bakery.visit"));
  }
}
