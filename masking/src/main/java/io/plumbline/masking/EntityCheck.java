package io.plumbline.masking;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that it is known of every table whose rows it holds, and by columns that exist. */
final class EntityCheck {

  private final Policies policies;
  private final WarehouseCatalog tables;

  EntityCheck(Policies policies, WarehouseCatalog tables) {
    this.policies = policies;
    this.tables = tables;
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    policies.entities().values().forEach(entity -> problems(entity, problems));
    return problems;
  }

  private void problems(EntityTables entity, List<Problem> problems) {
    entity
        .owned()
        .forEach(
            (table, path) -> {
              column(table, path.column(), path.at()).ifPresent(problems::add);
              path.through()
                  .flatMap(link -> link(entity, link, path.at()))
                  .ifPresent(problems::add);
            });
    Stream.concat(entity.shared().stream(), entity.withheld().stream())
        .filter(shared -> allTables().stream().noneMatch(shared::covers))
        .forEach(
            shared ->
                problems.add(
                    new Problem(
                        shared.at(),
                        "The warehouse has no table '" + shared.text() + "'.",
                        Suggestion.among(names(), shared.text()))));
    withoutOwner(entity).ifPresent(problems::add);
  }

  private Optional<Problem> link(EntityTables entity, EntityTables.Link link, Position at) {
    if (!entity.owned().containsKey(link.table())) {
      return Optional.of(
          new Problem(
              at,
              "It is not known whose rows " + link.table() + " holds.",
              "Add it to 'tables' of the entity."));
    }
    return column(link.table(), link.column(), at);
  }

  private Optional<Problem> column(TableName name, String column, Position at) {
    Optional<WarehouseTable> table = tables.table(name.schema(), name.table());
    if (table.isEmpty()) {
      return Optional.of(
          new Problem(
              at,
              "The warehouse has no table " + name + ".",
              Suggestion.among(names(), name.toString())));
    }
    Set<String> columns =
        table.get().columns().stream().map(WarehouseTable.Column::name).collect(Collectors.toSet());
    return columns.contains(column)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                at,
                "Table " + name + " has no column '" + column + "'.",
                Suggestion.among(columns, column)));
  }

  private static boolean isKnown(EntityTables entity, TableName table) {
    return entity.owned().containsKey(table) || entity.isShared(table) || entity.isWithheld(table);
  }

  /** Such tables would be empty to whoever sees only a part of the entities. */
  private Optional<Problem> withoutOwner(EntityTables entity) {
    List<String> homeless =
        allTables().stream()
            .filter(table -> !isKnown(entity, table))
            .map(TableName::toString)
            .sorted()
            .toList();
    return homeless.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                entity.at(),
                "It is not known which "
                    + entity.entity()
                    + " the rows belong to of: "
                    + String.join(", ", homeless)
                    + ".",
                "Add each to 'tables', to 'shared' if everyone may see it, or to 'withheld'."));
  }

  private List<TableName> allTables() {
    return tables.schemas().values().stream()
        .flatMap(byName -> byName.values().stream())
        .map(TableName::of)
        .toList();
  }

  private Set<String> names() {
    return allTables().stream().map(TableName::toString).collect(Collectors.toSet());
  }
}
