package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;

/** A mapping binds every column of its contract that is not optional. */
final class RequiredColumnsAreMapped implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      draft.contractOf(dataset).ifPresent(contract -> check(dataset, contract, problems));
    }
  }

  private static void check(
      DatasetDeclaration dataset, ContractDeclaration contract, Problems problems) {
    for (ShapeColumn column : contract.shape().columns()) {
      String name = column.name().text();
      if (!column.optional() && dataset.binding(name).isEmpty()) {
        problems.add(
            dataset.columnsAt(),
            "Dataset '%s' lacks the column '%s' of its contract.".formatted(dataset.name(), name),
            "Map it under `columns`: `%s: <SQL over the source>`.".formatted(name));
      }
    }
  }
}
