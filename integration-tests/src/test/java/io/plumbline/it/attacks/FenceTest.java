package io.plumbline.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.Companies;
import io.plumbline.it.Company;
import io.plumbline.it.Grid;
import io.plumbline.it.RunningCompany;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An entitlement by subquery costs PostgreSQL more than a condition of the user, which it would
 * evaluate first if nothing stood between them. Each condition fails on a row that is hidden.
 */
@ExtendWith(Companies.class)
class FenceTest {

  private final RunningCompany company;

  FenceTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / (case when account_id = 'A05' then 0 else 1 end) = 1",
        "cast(case when account_id = 'A05' then account_id else '1' end as integer) = 1",
        "1 / (length(replace(account_id, 'A05', ''))) >= 0",
        "account_id in (select b.account_id from {table} as b"
            + " where 1 / (case when b.account_id = 'A05' then 0 else 1 end) = 1)"
      })
  void noConditionIsEvaluatedOnAHiddenRow(String condition) throws SQLException {
    for (String table : List.of("golden.subscription_intervals", "golden.accounts")) {
      String all = "select count(*) from " + table;
      String sql = all + " as a where " + condition.replace("{table}", table);
      assertThatThrownBy(() -> answer("admin", sql)).isInstanceOf(SQLException.class);
      assertThat(answer("cs_manager", sql)).as(sql).isEqualTo(answer("cs_manager", all));
    }
  }

  private String answer(String user, String sql) throws SQLException {
    try (Connection connection = company.connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
