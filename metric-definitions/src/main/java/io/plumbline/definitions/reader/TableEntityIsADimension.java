package io.plumbline.definitions.reader;

/** A table of an entity has the entity's key among its dimensions. */
final class TableEntityIsADimension implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (TableDeclaration table : draft.tables()) {
      table.entity().ifPresent(entity -> check(table, entity, draft, problems));
    }
  }

  private static void check(TableDeclaration table, Name entity, Draft draft, Problems problems) {
    boolean unread =
        table.dimensions().stream().anyMatch(pick -> draft.isUnread(pick.dataset().text()));
    boolean found =
        table.dimensions().stream()
            .flatMap(pick -> PickedDimension.of(pick, draft).stream())
            .anyMatch(picked -> picked.isKeyOf(entity, draft));
    if (!found && !unread) {
      problems.add(
          entity.at(),
          "Table '%s' has no dimension that is the key of '%s'.".formatted(table.name(), entity),
          "Add the dimension over the primary key of the entity's dataset, or remove `entity`.");
    }
  }
}
