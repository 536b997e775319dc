package io.plumbline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.DemoUser;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyReader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies that come with the demo companies fit their users; a server checks the rest when it
 * starts.
 */
class DemoPoliciesTest {

  static Stream<DemoCompany> companies() {
    return DemoCompany.all().stream();
  }

  @ParameterizedTest
  @MethodSource("companies")
  void everyRoleOfAUserIsDeclared(DemoCompany company) throws PolicyException {
    DefinitionFile file = company.policy();
    Policies policies = new PolicyReader().read(file.name(), file.text());
    for (DemoUser user : company.users()) {
      assertThat(policies.roles()).as(user.name()).containsAll(user.roles());
    }
  }
}
