package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.engine.Principal;
import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstLooksTest {

  private static final PasswordHash PASSWORD = PasswordHash.of("secret");

  @Test
  void thereIsOneForEachCombinationOfRoles() {
    List<User> users =
        List.of(
            user("ana", Set.of("analyst")),
            user("bob", Set.of("analyst")),
            user("eve", Set.of("analyst", "pm")),
            user("max", Set.of("pm", "analyst")));
    assertThat(FirstLooks.principals(users))
        .extracting(Principal::name)
        .containsExactly("ana", "eve");
  }

  private static User user(String name, Set<String> roles) {
    return new User(name, PASSWORD, roles, Map.of());
  }
}
