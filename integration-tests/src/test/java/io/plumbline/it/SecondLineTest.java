package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL itself keeps from Plumbline's login: writing, and rows under row-level security,
 * as {@code docs/second-line.md} describes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondLineTest {

  private static final String MINE =
      "select count(*), string_agg(account_id, ',' order by account_id) from golden.accounts";
  private static final String REVENUE =
      "select month, aggregate(mrr) from metrics.revenue where month >= date '2025-10-01' group by month order by month";

  private RunningCompany company;

  @BeforeAll
  void start() {
    company = RunningCompany.start("golden");
  }

  @AfterAll
  void stop() {
    company.close();
  }

  /** Even if a statement got through, and had switched off that transactions only read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into golden.accounts (account_id) values ('A99')",
        "update golden.accounts set name = 'x'",
        "delete from golden.accounts",
        "truncate golden.accounts",
        "create table golden.mine (i integer)",
        "create temporary table mine (i integer)",
        "alter table golden.accounts disable row level security",
        "copy (select 1) to program 'true'",
        "select pg_read_file('postgresql.conf')"
      })
  void theLoginCannotWrite(String sql) throws SQLException {
    try (Connection login = company.warehouse().reader();
        Statement statement = login.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void transactionsOfTheLoginOnlyReadByThemselves() throws SQLException {
    try (Connection login = company.warehouse().reader();
        Statement statement = login.createStatement();
        ResultSet setting = statement.executeQuery("show transaction_read_only")) {
      setting.next();
      assertThat(setting.getString(1)).isEqualTo("on");
    }
  }

  @Test
  void rowLevelSecurityHoldsBehindGovernance() throws SQLException {
    String all = rows("admin", MINE);
    String revenue = rows("admin", REVENUE);
    String portfolio = rows("cs_manager", MINE);
    assertThat(all).contains("A05");
    withRowLevelSecurity(
        "account_id <> 'A05' and current_setting('plumbline.region', true) is null",
        () -> {
          // Nothing in the policy file hides the row from admin.
          assertThat(rows("admin", MINE)).isEqualTo(all.replace("A05,", "").replace("14", "13"));
          assertThat(rows("admin", REVENUE)).isNotEqualTo(revenue);
          // Governance cuts what is left, as before.
          assertThat(rows("cs_manager", MINE)).isEqualTo(portfolio).doesNotContain("A05");
        });
    assertThat(rows("admin", MINE)).isEqualTo(all);
  }

  @Test
  void aLoginThatMayDoMoreIsNoticed() {
    assertThat(rights(company.warehouse().readerUser(), company.warehouse().readerPassword()))
        .isEmpty();
    assertThat(rights(company.warehouse().ownerUser(), company.warehouse().ownerPassword()))
        .containsExactly("it owns 15 tables", "it may write to 15 tables");
  }

  private List<String> rights(String user, String password) {
    try (Warehouse warehouse =
        Warehouse.open(
            WarehouseSettings.of(company.warehouse().jdbcUrl(), user, password),
            PlumblineTypeSystem.typeFactory())) {
      return warehouse.rightsBeyondReading();
    }
  }

  private interface Check {
    void run() throws SQLException;
  }

  private void withRowLevelSecurity(String condition, Check check) throws SQLException {
    owner("create policy second_line on golden.accounts for select using (" + condition + ")");
    owner("alter table golden.accounts enable row level security");
    try {
      check.run();
    } finally {
      owner("alter table golden.accounts disable row level security");
      owner("drop policy second_line on golden.accounts");
    }
  }

  private void owner(String sql) throws SQLException {
    try (Connection owner = company.warehouse().owner();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  private String rows(String user, String sql) throws SQLException {
    try (Connection connection = company.connect(user)) {
      return rows(connection, sql);
    }
  }

  private static String rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Grid.read(rows).rows().toString();
    }
  }
}
