package io.plumbline.definitions.reader;

import io.plumbline.definitions.Exclusion;
import io.plumbline.definitions.reader.SqlTokens.ColumnUse;

/** What a contract leaves out can be seen: the columns that say so have a source. */
final class ExclusionsAreFed implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      for (Exclusion exclusion : draft.shapeOf(dataset).exclusions()) {
        for (ColumnUse use : SqlTokens.of(exclusion.when()).columns()) {
          check(dataset, exclusion, use, draft, problems);
        }
      }
    }
  }

  private static void check(
      DatasetDeclaration dataset,
      Exclusion exclusion,
      ColumnUse use,
      Draft draft,
      Problems problems) {
    String owner = use.dataset().orElse(dataset.name()).text();
    String column = use.column().text();
    boolean mapped = draft.dataset(owner).isPresent();
    if (!mapped && draft.contract(owner).isPresent()) {
      problems.add(
          dataset.name().at(),
          "Dataset '%s' leaves out '%s' by '%s', which no dataset implements."
              .formatted(dataset.name(), exclusion.label(), owner),
          "Map the contract '%s' too.".formatted(owner));
    } else if (mapped && isOptionalAndUnbound(owner, column, draft)) {
      problems.add(
          dataset.name().at(),
          "Dataset '%s' leaves out '%s' by the column '%s' of '%s', which is not mapped."
              .formatted(dataset.name(), exclusion.label(), column, owner),
          "Map the column.");
    }
  }

  /** That a required column is not bound is another rule's matter. */
  private static boolean isOptionalAndUnbound(String dataset, String column, Draft draft) {
    return !draft.isBound(dataset, column)
        && draft
            .shape(dataset)
            .flatMap(shape -> shape.column(column))
            .filter(c -> c.optional())
            .isPresent();
  }
}
