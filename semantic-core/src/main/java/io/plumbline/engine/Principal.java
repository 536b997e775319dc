package io.plumbline.engine;

import java.util.Map;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name the user's name
 * @param roles the roles that the user has; empty means that nothing is visible
 * @param attributes facts about the user that row filters read, such as {@code email}
 */
public record Principal(String name, Set<String> roles, Map<String, String> attributes) {

  public Principal {
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }
}
