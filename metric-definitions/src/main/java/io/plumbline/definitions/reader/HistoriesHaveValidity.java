package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.HistoryReference;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import java.util.Optional;

/** Earlier values of a dimension stand in a dataset of the same entity that says when they held. */
final class HistoriesHaveValidity implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    draft
        .contracts()
        .forEach(contract -> check(contract.shape(), contract.shape(), draft, problems));
    draft
        .datasets()
        .forEach(dataset -> check(dataset.shape(), draft.shapeOf(dataset), draft, problems));
  }

  private static void check(Shape naming, Shape owner, Draft draft, Problems problems) {
    for (ShapeDimension dimension : naming.dimensions()) {
      dimension.history().ifPresent(history -> check(history, owner, draft, problems));
    }
  }

  private static void check(HistoryReference history, Shape owner, Draft draft, Problems problems) {
    String name = history.dataset().text();
    Optional<Shape> found = draft.shape(name);
    if (found.isEmpty()) {
      if (!draft.isUnread(name)) {
        problems.add(
            history.dataset().at(),
            "The history is in the unknown dataset '%s'.".formatted(name),
            Suggestion.insteadOf(name, draft.datasetNames()));
      }
      return;
    }
    checkShape(history, found.get(), owner, problems);
  }

  private static void checkShape(
      HistoryReference history, Shape values, Shape owner, Problems problems) {
    if (values.column(history.column().text()).isEmpty()) {
      problems.add(
          history.column().at(),
          "'%s' has no column '%s'.".formatted(history.dataset(), history.column()),
          Suggestion.insteadOf(history.column().text(), Draft.columnNames(values)));
    }
    if (values.validity().isEmpty()) {
      problems.add(
          history.dataset().at(),
          "'%s' does not say when its rows hold.".formatted(history.dataset()),
          "Give it `validity: {from: ..., to: ...}`.");
    }
    if (!entity(values).equals(entity(owner))) {
      problems.add(
          history.dataset().at(),
          "'%s' belongs to another entity than the dimension.".formatted(history.dataset()),
          "Keep the history by the same entity.");
    }
  }

  private static Optional<String> entity(Shape shape) {
    return shape.entity().map(entity -> entity.entity().text());
  }
}
