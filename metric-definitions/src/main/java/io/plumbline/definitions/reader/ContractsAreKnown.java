package io.plumbline.definitions.reader;

import java.util.List;

/** A mapping names a contract that exists, and goes under its name. */
final class ContractsAreKnown implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      dataset.contract().ifPresent(contract -> check(dataset, contract, draft, problems));
    }
  }

  private static void check(
      DatasetDeclaration dataset, Name contract, Draft draft, Problems problems) {
    if (draft.contract(contract.text()).isEmpty() && !draft.isUnread(contract.text())) {
      List<String> known = draft.contracts().stream().map(c -> c.name().text()).toList();
      problems.add(
          contract.at(),
          "Dataset '%s' implements the unknown contract '%s'.".formatted(dataset.name(), contract),
          Suggestion.insteadOf(contract.text(), known));
    } else if (!dataset.name().text().equals(contract.text())) {
      problems.add(
          dataset.name().at(),
          "Dataset '%s' implements the contract '%s' under another name."
              .formatted(dataset.name(), contract),
          "Remove `name`: metrics find it by the contract.");
    }
  }
}
