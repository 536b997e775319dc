package io.plumbline.masking;

import java.util.Set;

/** The roles that a rule is for; {@code ALL} is everyone. */
public record RoleSet(Set<String> roles, boolean everyone) {

  /** The word for everyone. */
  static final String ALL = "ALL";

  public RoleSet {
    roles = Set.copyOf(roles);
  }

  boolean has(String role) {
    return everyone || roles.contains(role);
  }
}
