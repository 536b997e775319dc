package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Principal;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class OwnRowTest {

  private static final RelDataTypeFactory TYPES = PlumblineTypeSystem.typeFactory();
  private static final String OF_THE_TEAM =
      "select a.account_id from app.accounts as a where a.team = user_attribute('team')";

  private final WarehouseTable accounts = accounts(false, Set.of(Set.of("account_id")));
  private final WarehouseTable terms = table("terms", false, Set.of(Set.of("account_id")));

  @Test
  void theTableOfTheEntitlementIsFilteredByItsCondition() throws PolicyException {
    assertThat(governed(accounts, OF_THE_TEAM))
        .contains("LogicalFilter(condition=[=($1, 'north')])")
        .doesNotContain("IN(");
  }

  @Test
  void aKeyThatMayBeNullIsNotFound() throws PolicyException {
    assertThat(governed(accounts(true, Set.of(Set.of("account_id"))), OF_THE_TEAM))
        .contains("AND(=($1, 'north'), IS NOT NULL($0))");
  }

  @Test
  void otherTablesAreLookedUp() throws PolicyException {
    assertThat(governed(terms, OF_THE_TEAM)).contains("IN($0");
  }

  @Test
  void whatIsNoKeyIsLookedUp() throws PolicyException {
    assertThat(governed(accounts(false, Set.of(Set.of("account_id", "team"))), OF_THE_TEAM))
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
    PolicyGovernor governor =
        new PolicyGovernor(
            new PolicyReader()
                .read(
                    "policy.yaml",
                    """
                    roles: [manager]
                    entities:
                      - {entity: account, key: account_id, tables: {app.accounts: account_id, app.terms: account_id}}
                    row_filters:
                      - {entity: account, name: own team, applies_to_roles: [manager], filter: "account_id in (%s)"}
                    self_service:
                      - {role: manager, allowed_schemas: [ALL]}
                    """
                        .formatted(entitlement)),
            MaskSecret.random());
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    Map<String, Table> tables = new HashMap<>(Map.of("accounts", accounts, "terms", terms));
    tables.put(table.name(), table);
    root.add(
        "app",
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return tables;
          }
        });
    QueryCompiler.Compilation sources = new QueryCompiler(TYPES).compilation(root, List.of());
    TableScan scan = (TableScan) sources.builder().scan("app", table.name()).build();
    return RelOptUtil.toString(
        governor.govern(
            new SourceScan(scan, table, SourceScan.Use.SHOWN, List.of(), LocalDate.EPOCH, sources),
            new Principal("mia", Set.of("manager"), Map.of("team", "north"))));
  }

  private static WarehouseTable accounts(boolean nullable, Set<Set<String>> keys) {
    return table("accounts", nullable, keys);
  }

  private static WarehouseTable table(String name, boolean nullable, Set<Set<String>> keys) {
    RelDataType text = TYPES.createSqlType(SqlTypeName.VARCHAR);
    return new WarehouseTable(
        "app",
        name,
        List.of(
            new WarehouseTable.Column(
                "account_id", TYPES.createTypeWithNullability(text, nullable), ""),
            new WarehouseTable.Column("team", text, "")),
        keys);
  }
}
