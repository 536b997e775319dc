package io.plumbline.server.auth;

import io.plumbline.engine.Principal;
import java.util.Map;
import java.util.Set;

/**
 * A user that may connect.
 *
 * @param roles what the policies are written for; a user without a role sees nothing
 * @param attributes facts that row filters read, such as {@code email}
 */
public record User(
    String name, PasswordHash password, Set<String> roles, Map<String, String> attributes) {

  public User {
    if (name.isBlank() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name must not be blank nor hold a colon");
    }
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }

  public Principal principal() {
    return new Principal(name, roles, attributes);
  }

  /** Without the password's hash. */
  @Override
  public String toString() {
    return "User[name=" + name + ", roles=" + roles + "]";
  }
}
