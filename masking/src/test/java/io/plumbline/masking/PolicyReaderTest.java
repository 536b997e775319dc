package io.plumbline.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.definitions.Problem;
import java.util.List;
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
  void refusesWhatNothingWouldEnforce() {
    assertThat(
            problems(
                """
                roles: [analyst]
                tags:
                  - {table: app.users, column: email, masking_policy: redact}
                row_filters: []
                self_service:
                  - {role: analyst, denied_columns: [email], query_limits: {max_result_rows: 10}}
                """))
        .containsExactlyInAnyOrder(
            "policy.yaml:2:1: 'tags' is not supported yet: nothing would enforce it. Remove it.",
            "policy.yaml:4:1: 'row_filters' is not supported yet: nothing would enforce it."
                + " Remove it.",
            "policy.yaml:6:21: 'denied_columns' is not supported yet: nothing would enforce it."
                + " Remove it.",
            "policy.yaml:6:46: 'query_limits' is not supported yet: nothing would enforce it."
                + " Remove it.");
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
  void findsSchemasThatDoNotExist() throws PolicyException {
    Policies policies =
        reader.read(
            "policy.yaml",
            """
            roles: [pm]
            self_service:
              - {role: pm, allowed_schemas: [metrics], denied_schemas: [strpe]}
            """);

    assertThat(policies.problemsAgainst(List.of("metrics", "stripe")))
        .extracting(Problem::toString)
        .containsExactly("policy.yaml:3:61: There is no schema 'strpe'. Did you mean 'stripe'?");
    assertThat(policies.problemsAgainst(List.of("metrics", "strpe"))).isEmpty();
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
