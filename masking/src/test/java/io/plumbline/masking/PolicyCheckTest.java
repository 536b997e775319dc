package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

/** A rule on something that is not there is refused when it is loaded. */
class PolicyCheckTest {

  private static final RelDataTypeFactory TYPES = PlumblineTypeSystem.typeFactory();

  private static final WarehouseCatalog TABLES =
      new WarehouseCatalog(
          Map.of(
              "app",
              Map.of(
                  "users", table("users", "user_id", "account_id", "email"),
                  "plans", table("plans", "plan_id", "label"))),
          "1");

  private static WarehouseTable table(String name, String... columns) {
    return new WarehouseTable(
        "app",
        name,
        Stream.of(columns)
            .map(
                column ->
                    new WarehouseTable.Column(
                        column,
                        TYPES.createSqlType(
                            column.endsWith("_id") ? SqlTypeName.BIGINT : SqlTypeName.VARCHAR),
                        ""))
            .toList());
  }

  @Test
  void findsNamesThatNothingBears() {
    assertThat(
            problems(
                """
                roles: [pm]
                tags:
                  - {table: app.users, column: emial, masking_policy: redact, applies_to_roles: [pm]}
                  - {table: app.user, column: email, masking_policy: redact, applies_to_roles: [pm]}
                  - {table: app.users, column: user_id, masking_policy: hash_sha256, applies_to_roles: [pm]}
                  - {dataset: users, column: email, masking_policy: redact, applies_to_roles: [pm]}
                self_service:
                  - {role: pm, denied_schemas: [ap], denied_columns: [mail], denied_classifications: [PII],
                     grants: [analytics.sums]}
                """))
        .anyMatch(p -> p.startsWith("policy.yaml:3:32: Table app.users has no column 'emial'."))
        .anyMatch(p -> p.startsWith("policy.yaml:4:31: The warehouse has no table app.user. Did"))
        .anyMatch(p -> p.contains("5:32: This mask is not for columns of type BIGINT."))
        .anyMatch(p -> p.contains("6:30: There is no dataset 'users'."))
        .anyMatch(p -> p.contains("8:33: There is no schema 'ap'. Did you mean 'app'?"))
        .anyMatch(p -> p.contains("8:55: No table has a column 'mail'."))
        .anyMatch(p -> p.contains("No tag has the classification 'PII'."))
        .anyMatch(p -> p.contains("There is no view, semantic table or column 'analytics.sums'."))
        .hasSize(8);
  }

  @Test
  void whoSeesNoSmallGroupsMayNotNameRows() {
    assertThat(
            problems(
                """
                roles: [partner]
                self_service:
                  - {role: partner, allowed_schemas: [metrics, app, ALL], min_group_size: 5}
                """))
        .containsExactlyInAnyOrder(
            "policy.yaml:3:48: A role with 'min_group_size' may not name rows, as app has them."
                + " Allow metrics and analytics only, or remove 'min_group_size'.",
            "policy.yaml:3:53: A role with 'min_group_size' may not name rows, as ALL has them."
                + " Allow metrics and analytics only, or remove 'min_group_size'.");
  }

  @Test
  void aBenchmarkHasMetricsAndAGroupSize() {
    assertThat(
            problems(
                """
                roles: [tenant, other]
                self_service:
                  - {role: tenant, allowed_schemas: [metrics, app], min_group_size: 5, benchmark: [mr]}
                  - {role: other, benchmark: [ml, mk]}
                """))
        .hasSize(4)
        .contains(
            "policy.yaml:4:31: 'benchmark' without 'min_group_size' would show single entities."
                + " Add min_group_size, 5 if in doubt.")
        .anyMatch(problem -> problem.startsWith("policy.yaml:3:84: No table has a metric 'mr'."))
        .noneMatch(problem -> problem.contains("may not name rows"));
  }

  @Test
  void aTableOfWhichItIsNotKnownWhoseRowsItHoldsIsAProblem() {
    assertThat(problems(entity("app.users: account_id", "[]", "account_id = 1")))
        .singleElement()
        .asString()
        .contains("It is not known which account the rows belong to of: app.plans.");
    assertThat(problems(entity("app.users: account_id", "[app.plans]", "account_id = 1")))
        .isEmpty();
    assertThat(problems(entity("app.users: owner_id", "[app.plans]", "account_id = 1")))
        .singleElement()
        .asString()
        .contains("Table app.users has no column 'owner_id'. Use one of: account_id");
  }

  @Test
  void aFilterThatDoesNotCompileIsAProblemAtItsPlace() {
    assertThat(problems(entity("app.users: account_id", "[app.plans]", "owner = 1")))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:8:67: ")
        .contains("owner");
    assertThat(
            problems(
                entity(
                    "app.users: account_id",
                    "[app.plans]",
                    "exists (select 1 from app.plans as p where p.plan_id = account_id)")))
        .singleElement()
        .asString()
        .contains("a row filter can't use the row inside a subquery");
  }

  private static String entity(String tables, String shared, String filter) {
    return """
    roles: [pm]
    entities:
      - entity: account
        key: account_id
        tables: {TABLES}
        shared: SHARED
    row_filters:
      - {entity: account, name: own, applies_to_roles: [pm], filter: "FILTER"}
    self_service:
      - {role: pm, allowed_schemas: [app]}
    """
        .replace("TABLES", tables)
        .replace("SHARED", shared)
        .replace("FILTER", filter);
  }

  private static List<String> problems(String text) {
    try {
      return new PolicyCheck(
              new PolicyReader().read("policy.yaml", text),
              DefinitionReader.withCanonical().read(List.of()),
              TABLES,
              new QueryCompiler(TYPES))
          .problems().stream().map(Problem::toString).toList();
    } catch (PolicyException | DefinitionException e) {
      throw new AssertionError(e);
    }
  }
}
