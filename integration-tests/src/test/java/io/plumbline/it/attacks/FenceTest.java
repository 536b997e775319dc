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
        "1 / (case when name = 'Echo' then 0 else 1 end) = 1",
        "cast(case when name = 'Echo' then name else '1' end as integer) = 1",
        "1 / (length(replace(name, 'Echo', ''))) >= 0",
        "account_id in (select b.account_id from golden.accounts as b"
            + " where 1 / (case when b.name = 'Echo' then 0 else 1 end) = 1)"
      })
  void noConditionIsEvaluatedOnAHiddenRow(String condition) throws SQLException {
    String sql = "select count(*) from golden.accounts as a where " + condition;
    assertThatThrownBy(() -> answer("admin", sql)).isInstanceOf(SQLException.class);
    assertThat(answer("cs_manager", sql))
        .isEqualTo(answer("cs_manager", "select count(*) from golden.accounts"));
  }

  private String answer(String user, String sql) throws SQLException {
    try (Connection connection = company.connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
