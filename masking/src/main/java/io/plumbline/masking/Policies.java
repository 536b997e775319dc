package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryLimits;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy file says, checked.
 *
 * @param rights what each declared role may name; a role without an entry may name nothing
 * @param tags of columns
 * @param entities whose rows the tables hold, by entity
 * @param physicalPlan roles that may see the SQL sent to the warehouse
 * @param impersonate roles of service accounts that ask for others
 * @param auditLog roles that may read what others have asked
 * @param kill roles that may end statements of others
 * @param version a hash of the policy text
 */
public record Policies(
    Map<String, RoleRights> rights,
    List<ColumnTag> tags,
    List<RowFilter> rowFilters,
    Map<String, EntityTables> entities,
    Set<String> physicalPlan,
    Set<String> impersonate,
    Set<String> auditLog,
    Set<String> kill,
    String version) {

  public Policies {
    rights = Map.copyOf(rights);
    tags = List.copyOf(tags);
    rowFilters = List.copyOf(rowFilters);
    entities = Map.copyOf(entities);
    physicalPlan = Set.copyOf(physicalPlan);
    impersonate = Set.copyOf(impersonate);
    auditLog = Set.copyOf(auditLog);
    kill = Set.copyOf(kill);
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
  Collection<RoleRights> rightsOf(Principal principal) {
    if (!knows(principal)) {
      return List.of();
    }
    return principal.roles().stream().map(rights::get).toList();
  }

  /** What the principal may ask of the warehouse: the widest limits of its roles. */
  QueryLimits limitsOf(Principal principal) {
    return rightsOf(principal).stream()
        .map(role -> role.limits().orElse(QueryLimits.NONE))
        .reduce(QueryLimits::wider)
        .orElse(QueryLimits.NONE);
  }

  /** The tags of a column of a source table. */
  List<ColumnTag> tagsOf(String schema, String table, String column) {
    return tags.stream().filter(tag -> tag.isOf(schema, table, column)).toList();
  }

  /** The mask of a column of a source table, as somebody with the principal's roles gets it. */
  Optional<ColumnTag> maskOf(String schema, String table, String column, Principal principal) {
    return tagsOf(schema, table, column).stream()
        .filter(tag -> tag.masks(principal.roles()))
        .findFirst();
  }
}
