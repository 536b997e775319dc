package io.plumbline.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A login of the demo; for the loopback interface only, since everybody knows the password.
 *
 * @param attributes what row filters read, such as {@code email}
 */
public record DemoUser(
    String name, String password, Set<String> roles, Map<String, String> attributes) {

  public DemoUser {
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }

  /** One user per role, whose name and password are the role's name. */
  static List<DemoUser> ofEveryRole(String csManagerEmail, String tenantWorkspace) {
    return List.of(
        named("admin", Map.of()),
        named("analyst", Map.of()),
        named("pm", Map.of()),
        named("finance", Map.of()),
        named("finance_admin", Map.of()),
        named("compliance", Map.of()),
        named("cs_manager", Map.of("email", csManagerEmail)),
        named("tenant_admin", Map.of("workspace_id", tenantWorkspace)),
        named("partner", Map.of()),
        named("bi_server", Map.of()));
  }

  private static DemoUser named(String name, Map<String, String> attributes) {
    return new DemoUser(name, name, Set.of(name), attributes);
  }
}
