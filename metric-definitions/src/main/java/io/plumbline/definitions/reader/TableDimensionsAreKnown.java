package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.TableDeclaration.Pick;
import java.util.List;
import java.util.Optional;

/** A table takes dimensions that exist. */
final class TableDimensionsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (TableDeclaration table : draft.tables()) {
      table.dimensions().forEach(pick -> check(table, pick, draft, problems));
    }
  }

  private static void check(TableDeclaration table, Pick pick, Draft draft, Problems problems) {
    Name dataset = pick.dataset();
    Optional<Shape> shape = draft.shape(dataset.text());
    if (shape.isEmpty() && !draft.isUnread(dataset.text())) {
      problems.add(
          dataset.at(),
          "Table '%s' takes dimensions of the unknown dataset '%s'."
              .formatted(table.name(), dataset),
          Suggestion.insteadOf(dataset.text(), draft.datasetNames()));
    }
    if (shape.isPresent() && PickedDimension.of(pick, draft).isEmpty()) {
      report(pick, shape.get(), problems);
    }
  }

  private static void report(Pick pick, Shape shape, Problems problems) {
    List<String> known = shape.dimensions().stream().map(d -> d.name().text()).toList();
    Name missing = pick.dimension().orElse(pick.dataset());
    problems.add(
        missing.at(),
        pick.dimension().isPresent()
            ? "'%s' has no dimension '%s'.".formatted(pick.dataset(), missing)
            : "'%s' has no dimensions.".formatted(pick.dataset()),
        Suggestion.insteadOf(missing.text(), known));
  }
}
