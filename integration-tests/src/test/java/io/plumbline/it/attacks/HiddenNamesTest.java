package io.plumbline.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.it.Companies;
import io.plumbline.it.Company;
import io.plumbline.it.RunningCompany;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals that list what there is list what their reader may see of it. */
@ExtendWith(Companies.class)
class HiddenNamesTest {

  private final RunningCompany company;

  HiddenNamesTest(@Company("cloudflow") RunningCompany company) {
    this.company = company;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select aggregate(month) from metrics.unit_economics",
        "select aggregate(segment) from metrics.company",
        "select * from metrics.unit_economics",
        "select * from metrics.revenue",
        "select month, account_id, mrr from metrics.revenue limit 100000",
        "select aggregate(cacc) from metrics.company",
        "select aggregate(stripe_mr) from metrics.reconciliation",
        "select * from analytics.board_deck_lates",
        "select * from metrics.costsheet",
        "select count(*) from metrics.costs"
      })
  void aRefusalNamesNothingThatIsHidden(String sql) throws SQLException {
    Set<String> hidden = names("admin");
    hidden.removeAll(names("pm"));
    assertThat(hidden).contains("cac", "stripe_mrr", "board_deck_latest", "costs");
    try (Connection connection = company.connect("pm");
        Statement statement = connection.createStatement()) {
      SQLException refusal =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery(sql));
      assertThat((Throwable) refusal).as(sql).isNotNull();
      String said =
          String.valueOf(refusal.getMessage()).replace(sql, "").replace("'metrics.costs'", "");
      for (String word : said.split("[^a-z0-9_]+")) {
        assertThat(hidden).as(said).doesNotContain(word);
      }
    }
  }

  @Test
  void aTableWithoutAMetricToAskForIsNotThere() throws SQLException {
    assertThat(names("admin")).contains("costs");
    assertThat(names("pm")).contains("revenue").doesNotContain("costs");
  }

  /** Of tables and columns of the semantic layer. */
  private Set<String> names(String user) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Connection connection = company.connect(user)) {
      for (String schema : new String[] {"metrics", "analytics"}) {
        try (ResultSet columns = connection.getMetaData().getColumns(null, schema, "%", "%")) {
          while (columns.next()) {
            names.add(columns.getString("TABLE_NAME"));
            names.add(columns.getString("COLUMN_NAME"));
          }
        }
      }
    }
    return names;
  }
}
