package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service account asks for an end user, with the rights of that one and no others. */
@ExtendWith(Companies.class)
class ImpersonationTest {

  private static final String MRR =
      "select csm, aggregate(mrr) as mrr from metrics.revenue"
          + " where month = date '2025-12-01' group by csm order by csm";

  private final RunningCompany company;

  ImpersonationTest(@Company("golden") RunningCompany company) {
    this.company = company;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cs_manager", "tenant_admin", "pm", "admin"})
  void theServiceSeesWhatTheUserSees(String user) throws SQLException {
    try (Connection own = company.connect(user);
        Connection acting = company.connect("bi_server", Map.of("as_user", user))) {
      assertThat(rows(acting, MRR)).isEqualTo(rows(own, MRR));
      String access = "select count(*) as n from catalog.my_access where kind <> 'column'";
      assertThat(rows(acting, access)).isEqualTo(rows(own, access));
    }
  }

  @Test
  void byItselfItSeesNothing() throws SQLException {
    try (Connection connection = company.connect("bi_server")) {
      assertThatThrownBy(() -> rows(connection, MRR)).hasMessageContaining("not found");
    }
  }

  @Test
  void twoUsersOfOneServiceShareNothing() throws SQLException {
    try (Connection manager = company.connect("bi_server", Map.of("as_user", "cs_manager"));
        Connection tenant = company.connect("bi_server", Map.of("as_user", "tenant_admin"))) {
      String sql = "select count(*) as n from golden.accounts";
      assertThat(rows(manager, sql)).contains("5");
      assertThat(rows(tenant, sql)).contains("1");
      assertThat(rows(manager, sql)).contains("5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "nobody"})
  void whoeverLacksTheRightIsNotToldWhoThereIs(String user) {
    assertThatThrownBy(() -> company.connect("analyst", Map.of("as_user", user)).close())
        .hasMessageContaining("42501: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bi_server", "nobody", ""})
  void thereMustBeSuchAUserWhoIsNoServiceAccount(String user) {
    assertThatThrownBy(() -> company.connect("bi_server", Map.of("as_user", user)).close())
        .hasMessageContaining("28000: ");
  }

  private static String rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
