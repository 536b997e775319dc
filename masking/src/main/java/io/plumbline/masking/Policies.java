package io.plumbline.masking;

import io.plumbline.definitions.Problem;
import io.plumbline.engine.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a policy file says, checked.
 *
 * @param rights what each declared role may name; a role without an entry may name nothing
 * @param physicalPlan roles that may see the SQL sent to the warehouse
 * @param version a hash of the policy text
 */
public record Policies(Map<String, SchemaRights> rights, Set<String> physicalPlan, String version) {

  public Policies {
    rights = Map.copyOf(rights);
    physicalPlan = Set.copyOf(physicalPlan);
  }

  /** The declared roles. */
  public Set<String> roles() {
    return rights.keySet();
  }

  /**
   * Whether this file knows every role of the principal, who has at least one. Otherwise nothing
   * may be shown: what an undeclared role was meant to deny can't be known.
   */
  boolean knows(Principal principal) {
    return !principal.roles().isEmpty() && rights.keySet().containsAll(principal.roles());
  }

  /** The rights of each role that the principal has; empty for a principal that is not known. */
  List<SchemaRights> rightsOf(Principal principal) {
    if (!knows(principal)) {
      return List.of();
    }
    return principal.roles().stream().map(rights::get).toList();
  }

  /**
   * Names in this file that no schema bears: a denial of a misspelt schema would look like a rule
   * and be none.
   *
   * @param schemas every schema that the engine can show
   */
  public List<Problem> problemsAgainst(Collection<String> schemas) {
    return rights.values().stream()
        .flatMap(role -> role.names().stream())
        .filter(name -> !name.isEverySchema() && !schemas.contains(name.schema()))
        .distinct()
        .map(
            name ->
                new Problem(
                    name.at(),
                    "There is no schema '" + name.schema() + "'.",
                    Suggestion.among(schemas, name.schema())))
        .toList();
  }
}
