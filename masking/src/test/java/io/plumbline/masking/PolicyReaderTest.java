package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.definitions.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {

  private final PolicyReader reader = new PolicyReader();

  @Test
  void readsRolesTheirSchemasAndWhoSeesPhysicalPlans() throws PolicyException {
    Policies policies =
        reader.read(
            "policy.yaml",
            """
            version: 1
            roles: [admin, pm]
            self_service:
              - {role: admin, allowed_schemas: [ALL]}
              - {role: pm, allowed_schemas: [metrics, app], denied_schemas: [stripe]}
            physical_plan: [admin]
            """);

    assertThat(policies.roles()).containsExactlyInAnyOrder("admin", "pm");
    assertThat(policies.physicalPlan()).containsExactly("admin");
    assertThat(policies.rights().get("pm").allows("app")).isTrue();
    assertThat(policies.rights().get("pm").denies("stripe")).isTrue();
    assertThat(policies.rights().get("admin").allows("stripe")).isTrue();
  }

  @Test
  void reportsEveryProblemOfTheFileAtOnceWithItsPlace() {
    assertThat(
            problems(
                """
                roles: [admin, pm]
                self_servise: []
                self_service:
                  - {role: pn, allowed_schemas: [metrics]}
                  - {role: pm, alowed_schemas: [metrics]}
                  - {allowed_schemas: metrics}
                physical_plan: [root]
                """))
        .containsExactlyInAnyOrder(
            "policy.yaml:2:1: Unknown key 'self_servise' in a policy file."
                + " Did you mean 'self_service'?",
            "policy.yaml:4:12: Role 'pn' is not declared in 'roles'. Did you mean 'pm'?",
            "policy.yaml:5:16: Unknown key 'alowed_schemas' in an entry of 'self_service'."
                + " Did you mean 'allowed_schemas'?",
            "policy.yaml:6:23: 'allowed_schemas' must be a list. Write it as [a, b].",
            "policy.yaml:6:5: The key 'role' is missing. Name the role.",
            "policy.yaml:7:17: Role 'root' is not declared in 'roles'. Use one of: admin, pm.");
  }

  @Test
  void aBenchmarkIsAListOfNames() {
    assertThat(
            problems(
                """
                roles: [tenant]
                self_service:
                  - {role: tenant, min_group_size: 5, benchmark: {arpa: 5}}
                """))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:3:50: ");
  }

  @Test
  void aGroupHasAtLeastTwoEntities() throws PolicyException {
    assertThat(
            problems(
                """
                roles: [partner, other, third]
                self_service:
                  - {role: partner, min_group_size: 1}
                  - {role: other, min_group_size: 1000001}
                  - {role: third, min_group_size: few}
                """))
        .containsExactlyInAnyOrder(
            "policy.yaml:3:37: 'min_group_size' must be from 2 to 1000000. Write 5, if in doubt.",
            "policy.yaml:4:35: 'min_group_size' must be from 2 to 1000000. Write 5, if in doubt.",
            "policy.yaml:5:35: 'min_group_size' must be a whole number of at least 1.");
  }

  @Test
  void readsTagsRowFiltersAndLimits() throws PolicyException {
    Policies policies =
        reader.read(
            "policy.yaml",
            """
            roles: [analyst, manager, admin]
            tags:
              - {table: app.users, column: email, classification: PII, masking_policy: hash_sha256,
                 applies_to_roles: [ALL], exempt_roles: [admin]}
              - {dataset: accounts, column: name, masking_policy: bucket(100), applies_to_roles: [analyst],
                 aggregates: deny}
            entities:
              - entity: account
                key: account_id
                tables: {app.users: account_id, app.events: user_id -> app.users.user_id}
                shared: [app.plans, ops.*]
            row_filters:
              - {entity: account, name: own, applies_to_roles: [manager], filter: "account_id = 1"}
            self_service:
              - {role: analyst, allowed_schemas: [app], denied_columns: [users.ip_address],
                 denied_classifications: [PCI], grants: [analytics.sums],
                 query_limits: {max_runtime_seconds: 120, max_result_rows: 10}}
            """);

    assertThat(policies.tags())
        .extracting(ColumnTag::mask)
        .containsExactly(new MaskPolicy.HashSha256(), new MaskPolicy.Bucket(100));
    assertThat(policies.tags().get(0).masks(Set.of("analyst"))).isTrue();
    assertThat(policies.tags().get(0).masks(Set.of())).isTrue();
    assertThat(policies.tags().get(0).masks(Set.of("analyst", "admin"))).isFalse();
    assertThat(policies.tags().get(1).aggregatesDenied()).isTrue();
    assertThat(policies.rowFilters()).extracting(RowFilter::name).containsExactly("own");
    assertThat(policies.entities().get("account").isShared(new TableName("ops", "runs"))).isTrue();
    RoleRights analyst = policies.rights().get("analyst");
    assertThat(analyst.deniesColumn("app", "users", "ip_address")).isTrue();
    assertThat(analyst.deniesColumn("app", "logins", "ip_address")).isFalse();
    assertThat(analyst.deniesClassification("PCI")).isTrue();
    assertThat(analyst.grants("analytics", "sums")).isTrue();
    assertThat(analyst.limits().orElseThrow().maxRuntime()).contains(Duration.ofMinutes(2));
    assertThat(analyst.limits().orElseThrow().maxScanRows()).isEmpty();
  }

  @Test
  void reportsWhatIsWrongWithTagsAndFilters() {
    assertThat(
            problems(
                """
                roles: [analyst]
                tags:
                  - {table: users, column: email, masking_policy: redact, applies_to_roles: [ALL]}
                  - {table: app.users, column: email, masking_policy: hash, applies_to_roles: [nobody]}
                  - {column: email, masking_policy: redact}
                row_filters:
                  - {entity: account, name: own, applies_to_roles: [ALL], filter: "true"}
                  - {table: app.users, name: own, applies_to_roles: [ALL]}
                self_service:
                  - {role: analyst, query_limits: {max_result_rows: 0}}
                """))
        .containsExactlyInAnyOrder(
            "policy.yaml:3:13: 'users' is no table with its schema. Write schema.table.",
            "policy.yaml:4:55: There is no mask 'hash'. Use one of: bucket(10), date_year,"
                + " email_domain, expression, hash_sha256, none, nullify, redact, show_first_4,"
                + " show_last_4.",
            "policy.yaml:4:80: Role 'nobody' is not declared in 'roles'. Use one of: analyst.",
            "policy.yaml:5:5: A tag is of a table or of a dataset. Name one of the two.",
            "policy.yaml:5:5: The key 'applies_to_roles' is missing. List roles, or write [ALL].",
            "policy.yaml:7:14: Entity 'account' has no tables. Say under 'entities' which tables"
                + " belong to it.",
            "policy.yaml:8:5: The key 'filter' is missing. Write a condition in SQL.",
            "policy.yaml:10:53: 'max_result_rows' must be a whole number of at least 1.");
  }

  @Test
  void refusesAFileThatIsNoPolicy() {
    assertThat(problems("roles: [admin")).singleElement().asString().startsWith("policy.yaml:1:14");
    assertThat(problems("")).singleElement().asString().contains("is empty");
    assertThat(problems("- admin")).anyMatch(problem -> problem.contains("must be a mapping"));
    assertThat(problems("{}")).anyMatch(problem -> problem.contains("'roles' is missing"));
    assertThat(problems("roles: [a, a]")).anyMatch(problem -> problem.contains("declared twice"));
    assertThat(problems("roles: []\nroles: []")).anyMatch(problem -> problem.contains("twice"));
    assertThat(problems("version: 2\nroles: []")).anyMatch(p -> p.contains("version: 1"));
  }

  @Test
  void versionFollowsTheText() throws PolicyException {
    String version = reader.read("a", "roles: [admin]").version();

    assertThat(reader.read("b", "roles: [admin]").version()).isEqualTo(version);
    assertThat(reader.read("a", "roles: [admin, pm]").version()).isNotEqualTo(version);
  }

  @Test
  void messageOfTheExceptionHoldsEveryProblem() {
    assertThatThrownBy(() -> reader.read("policy.yaml", "role: []\nplan: []"))
        .hasMessageContaining("policy.yaml:1:1")
        .hasMessageContaining("policy.yaml:2:1");
  }

  private List<String> problems(String text) {
    PolicyException thrown =
        catchThrowableOfType(PolicyException.class, () -> reader.read("policy.yaml", text));
    return thrown.problems().stream().map(Problem::toString).toList();
  }
}
