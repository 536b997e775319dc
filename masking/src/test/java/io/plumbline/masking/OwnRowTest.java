package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;

class OwnRowTest {

  private final WarehouseTable accounts = accounts(false, Set.of(Set.of("account_id")));
  private final WarehouseTable terms =
      Entitlements.table("terms", false, Set.of(Set.of("account_id")));

  @Test
  void theTableOfTheEntitlementIsFilteredByItsCondition() throws PolicyException {
    assertThat(governed(accounts, Entitlements.OF_THE_TEAM))
        .contains("LogicalFilter(condition=[=($1, 'north')])")
        .doesNotContain("IN(");
  }

  @Test
  void aKeyThatMayBeNullIsNotFound() throws PolicyException {
    assertThat(governed(accounts(true, Set.of(Set.of("account_id"))), Entitlements.OF_THE_TEAM))
        .contains("AND(=($1, 'north'), IS NOT NULL($0))");
  }

  @Test
  void otherTablesAreLookedUp() throws PolicyException {
    assertThat(governed(terms, Entitlements.OF_THE_TEAM)).contains("IN($0");
  }

  @Test
  void whatIsNoKeyIsLookedUp() throws PolicyException {
    assertThat(
            governed(
                accounts(false, Set.of(Set.of("account_id", "team"))), Entitlements.OF_THE_TEAM))
        .contains("IN($0");
  }

  @Test
  void otherColumnsTablesAndShapesAreLookedUp() throws PolicyException {
    for (String entitlement :
        List.of(
            "select a.team from app.accounts as a where a.team = 'north'",
            "select t.account_id from app.terms as t where t.team = 'north'",
            "select max(a.account_id) from app.accounts as a where a.team = 'north'",
            "select a.account_id from app.accounts as a join app.terms as t on t.team = a.team",
            "select a.account_id from app.accounts as a where a.team = 'north' limit 1")) {
      assertThat(governed(accounts, entitlement)).as(entitlement).contains("IN($0");
    }
  }

  @Test
  void everyAccountIsOneOfAllAccounts() throws PolicyException {
    assertThat(governed(accounts, "select a.account_id from app.accounts as a"))
        .doesNotContain("IN(");
  }

  private String governed(WarehouseTable table, String entitlement) throws PolicyException {
    boolean isAccounts = table.name().equals("accounts");
    return RelOptUtil.toString(
        new Entitlements(isAccounts ? table : accounts, terms, entitlement).governed(table));
  }

  private static WarehouseTable accounts(boolean nullable, Set<Set<String>> keys) {
    return Entitlements.table("accounts", nullable, keys);
  }
}
