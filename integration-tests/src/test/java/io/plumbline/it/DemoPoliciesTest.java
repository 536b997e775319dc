package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.DemoUser;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyReader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that come with the demo companies fit their schemas and users. */
class DemoPoliciesTest {

  static Stream<DemoCompany> companies() {
    return DemoCompany.all().stream();
  }

  @ParameterizedTest
  @MethodSource("companies")
  void everySchemaAndRoleThatAPolicyNamesExists(DemoCompany company) throws PolicyException {
    DefinitionFile file = company.policy();
    Policies policies = new PolicyReader().read(file.name(), file.text());
    Set<String> schemas =
        Stream.concat(company.schemas().stream(), Stream.of("metrics", "analytics", "catalog"))
            .collect(Collectors.toSet());

    assertThat(policies.problemsAgainst(schemas)).isEmpty();
    for (DemoUser user : company.users()) {
      assertThat(policies.roles()).as(user.name()).containsAll(user.roles());
    }
  }
}
