package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.SourceScan;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/** A role that sees what belongs to some accounts, of app.accounts and app.terms. */
final class Entitlements {

  static final String OF_THE_TEAM =
      "select a.account_id from app.accounts as a where a.team = user_attribute('team')";

  private static final RelDataTypeFactory TYPES = PlumblineTypeSystem.typeFactory();

  private final PolicyGovernor governor;
  private final QueryCompiler.Compilation sources;

  /**
   * @param entitlement the query that finds the accounts
   */
  Entitlements(WarehouseTable accounts, WarehouseTable terms, String entitlement)
      throws PolicyException {
    governor =
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
    root.add(
        "app",
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return Map.of("accounts", accounts, "terms", terms);
          }
        });
    sources = new QueryCompiler(TYPES).compilation(root, List.of());
  }

  PolicyGovernor governor() {
    return governor;
  }

  RelBuilder builder() {
    return sources.builder();
  }

  /** A scan of a table, governed. */
  RelNode governed(WarehouseTable table) {
    return governed(table, List.of());
  }

  /**
   * A scan of a table, governed.
   *
   * @param within conditions that may be put inside the fence
   */
  RelNode governed(WarehouseTable table, List<RexNode> within) {
    TableScan scan = (TableScan) builder().scan("app", table.name()).build();
    return governor.govern(
        new SourceScan(scan, table, SourceScan.Use.SHOWN, within, LocalDate.EPOCH, sources),
        new Principal("mia", Set.of("manager"), Map.of("team", "north")));
  }

  /** A table with the columns account_id, which may be null or not, and team. */
  static WarehouseTable table(String name, boolean nullable, Set<Set<String>> keys) {
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
