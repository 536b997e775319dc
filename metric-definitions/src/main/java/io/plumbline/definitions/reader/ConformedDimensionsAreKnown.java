package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeDimension;
import java.util.List;
import java.util.Optional;

/** A dimension that stands for one of another dataset names one that exists. */
final class ConformedDimensionsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    draft.contracts().forEach(contract -> check(contract.shape(), draft, problems));
    draft.datasets().forEach(dataset -> check(dataset.shape(), draft, problems));
  }

  private static void check(Shape shape, Draft draft, Problems problems) {
    for (ShapeDimension dimension : shape.dimensions()) {
      dimension.sameAs().ifPresent(other -> check(other, draft, problems));
    }
  }

  private static void check(Dotted other, Draft draft, Problems problems) {
    String dataset = other.dataset().text();
    Optional<Shape> found = draft.shape(dataset);
    if (found.isEmpty() && !draft.isUnread(dataset)) {
      problems.add(
          other.dataset().at(),
          "A dimension is the same as one of the unknown dataset '%s'.".formatted(dataset),
          Suggestion.insteadOf(dataset, draft.datasetNames()));
    }
    List<String> known =
        found.stream()
            .flatMap(s -> s.dimensions().stream())
            .map(dimension -> dimension.name().text())
            .toList();
    if (found.isPresent() && !known.contains(other.column().text())) {
      problems.add(
          other.column().at(),
          "'%s' has no dimension '%s'.".formatted(dataset, other.column()),
          Suggestion.insteadOf(other.column().text(), known));
    }
  }
}
