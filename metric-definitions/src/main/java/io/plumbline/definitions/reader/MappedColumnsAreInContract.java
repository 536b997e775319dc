package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.DatasetDeclaration.Binding;

/** A mapping binds columns that its contract has. */
final class MappedColumnsAreInContract implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      draft
          .contractOf(dataset)
          .ifPresent(contract -> check(dataset, draft.shapeOf(dataset), contract, problems));
    }
  }

  private static void check(
      DatasetDeclaration dataset, Shape shape, ContractDeclaration contract, Problems problems) {
    for (Binding binding : dataset.bindings()) {
      String column = binding.column().text();
      if (shape.column(column).isEmpty()) {
        problems.add(
            binding.column().at(),
            "The contract '%s' has no column '%s'.".formatted(contract.name(), column),
            Suggestion.insteadOf(column, Draft.columnNames(contract.shape()))
                + " For a column of your own, add a dimension with `expr`.");
      }
    }
  }
}
