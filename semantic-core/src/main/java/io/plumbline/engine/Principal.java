package io.plumbline.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name the user's name
 * @param roles the roles that the user has; empty means that nothing is visible
 * @param attributes facts about the user that row filters read, such as {@code email}
 * @param by the service account that asks for the user, whose rights do not count; empty if the
 *     user asks
 */
public record Principal(
    String name, Set<String> roles, Map<String, String> attributes, Optional<String> by) {

  public Principal {
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }

  /** Somebody who asks for himself. */
  public Principal(String name, Set<String> roles, Map<String, String> attributes) {
    this(name, roles, attributes, Optional.empty());
  }

  /** The same user, for whom a service account asks. */
  public Principal askedBy(String service) {
    return new Principal(name, roles, attributes, Optional.of(service));
  }

  /** Whose credentials were verified. */
  public String login() {
    return by.orElse(name);
  }
}
