package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which row filters are on a principal's reading of a table. A row is visible if one of the roles
 * sees it, and a role sees what all of its filters leave.
 */
record RowRules(Policies policies) {

  /**
   * Filters of the roles; rows must pass all filters of any one role.
   *
   * @param byRole empty if some role sees every row
   */
  record Rules(List<List<RowFilter>> byRole, boolean hidesAll) {

    boolean areNone() {
      return byRole.isEmpty() && !hidesAll;
    }

    List<RowFilter> filters() {
      return byRole.stream().flatMap(List::stream).toList();
    }

    List<String> names() {
      return filters().stream().map(RowFilter::name).distinct().toList();
    }
  }

  Rules of(Principal principal, TableName table) {
    return of(principal, table, filter -> true);
  }

  /** Without the filters of entities: only those on the table itself. */
  Rules ofEveryEntity(Principal principal, TableName table) {
    return of(principal, table, filter -> filter.target() instanceof RowFilter.Target.OfTable);
  }

  private Rules of(Principal principal, TableName table, Predicate<RowFilter> counts) {
    List<List<RowFilter>> byRole = new ArrayList<>();
    List<String> roles =
        principal.roles().stream().filter(role -> reads(role, table)).sorted().toList();
    for (String role : roles) {
      List<RowFilter> filters =
          policies.rowFilters().stream()
              .filter(filter -> filter.appliesTo().has(role))
              .filter(counts)
              .filter(f -> RowConditions.concerns(f, table, policies))
              .toList();
      if (filters.isEmpty()) {
        return new Rules(List.of(), false);
      }
      byRole.add(filters);
    }
    return new Rules(byRole, byRole.isEmpty());
  }

  /**
   * Whether none of a table's rows is anybody's whom the principal's row filters let through. What
   * is made of it would be a number over nothing: no costs, and so a margin of 100 %.
   */
  boolean withholds(Principal principal, TableName table) {
    Rules rules = of(principal, table);
    return !rules.byRole().isEmpty()
        && rules.byRole().stream()
            .allMatch(filters -> filters.stream().anyMatch(f -> withholds(f, table)));
  }

  private boolean withholds(RowFilter filter, TableName table) {
    return filter.target() instanceof RowFilter.Target.OfEntity
        && !RowConditions.entity(filter, policies).owned().containsKey(table);
  }

  /** Whether a principal's roles have row filters of entities. */
  boolean filtersEntities(Principal principal) {
    return policies.rowFilters().stream()
        .anyMatch(
            filter ->
                filter.target() instanceof RowFilter.Target.OfEntity
                    && principal.roles().stream().anyMatch(filter.appliesTo()::has));
  }

  /** A role that reads nothing at all opens no rows to whoever has another role beside it. */
  private boolean reads(String role, TableName table) {
    RoleRights rights = policies.rights().getOrDefault(role, RoleRights.NONE);
    return rights.allows(table.schema()) || VisibleCatalog.PATH.stream().anyMatch(rights::allows);
  }
}
