package io.plumbline.masking;

import io.plumbline.engine.Access;
import io.plumbline.engine.Principal;
import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a policy file is to one principal.
 *
 * @param datasetMask the mask on a column of a dataset, which depends on where it comes from
 */
record PolicyAccess(
    Policies policies,
    RowRules rules,
    Principal principal,
    Function<DatasetColumn, Optional<MaskPolicy>> datasetMask)
    implements Access {

  @Override
  public List<String> rowFilters(WarehouseTable table) {
    RowRules.Rules on = rules.of(principal, TableName.of(table));
    return on.hidesAll() ? List.of("no rows") : on.names();
  }

  @Override
  public Optional<String> mask(WarehouseTable table, String column) {
    return policies
        .maskOf(table.schema(), table.name(), column, principal)
        .map(tag -> tag.mask().written());
  }

  @Override
  public Optional<String> mask(DatasetColumn column) {
    return datasetMask.apply(column).map(MaskPolicy::written);
  }

  @Override
  public List<String> classifications(WarehouseTable table, String column) {
    return policies.tagsOf(table.schema(), table.name(), column).stream()
        .flatMap(tag -> tag.classification().stream())
        .distinct()
        .toList();
  }

  @Override
  public List<Scope> scopes() {
    return policies.entities().values().stream()
        .sorted(Comparator.comparing(EntityTables::entity))
        .flatMap(entity -> scope(entity).stream())
        .toList();
  }

  /** Empty if no filter on the entity concerns the principal, or no table has its key itself. */
  private Optional<Scope> scope(EntityTables entity) {
    return counted(entity)
        .flatMap(
            table -> {
              List<String> names =
                  rules.of(principal, table.getKey()).filters().stream()
                      .filter(f -> isOf(f, entity))
                      .map(RowFilter::name)
                      .distinct()
                      .toList();
              return names.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      new Scope(
                          entity.entity(),
                          names,
                          table.getKey().schema(),
                          table.getKey().table(),
                          table.getValue().column()));
            });
  }

  private static boolean isOf(RowFilter filter, EntityTables entity) {
    return filter.target().equals(new RowFilter.Target.OfEntity(entity.entity()));
  }

  /** The table called like the entity, if there is one; it has a row for each of them. */
  private static Optional<Map.Entry<TableName, EntityTables.Path>> counted(EntityTables entity) {
    return entity.owned().entrySet().stream()
        .filter(table -> table.getValue().through().isEmpty())
        .min(
            Comparator.<Map.Entry<TableName, EntityTables.Path>, Boolean>comparing(
                    table -> !table.getKey().table().equals(entity.entity() + "s"))
                .thenComparing(table -> table.getKey().toString()));
  }
}
