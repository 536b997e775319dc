package io.plumbline.definitions.reader;

import io.plumbline.definitions.Exclusion;
import io.plumbline.definitions.reader.SqlTokens.ColumnUse;
import java.util.List;
import java.util.Optional;

/** What rows are left out is said over columns of the dataset and of those it joins. */
final class ConditionsReachJoinedColumns implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (ContractDeclaration contract : draft.contracts()) {
      new Scope(contract.name(), contract.shape(), draft, problems)
          .check(contract.shape().exclusions());
    }
    for (DatasetDeclaration dataset : draft.datasets()) {
      boolean judged = dataset.contract().isEmpty() || draft.contractOf(dataset).isPresent();
      if (judged) {
        new Scope(dataset.name(), draft.shapeOf(dataset), draft, problems)
            .check(dataset.shape().exclusions());
      }
    }
  }

  private record Scope(Name owner, Shape shape, Draft draft, Problems problems) {

    void check(List<Exclusion> exclusions) {
      for (Exclusion exclusion : exclusions) {
        SqlTokens.of(exclusion.when()).columns().forEach(this::check);
      }
    }

    private void check(ColumnUse use) {
      Optional<Name> qualifier = use.dataset().filter(d -> !d.text().equals(owner.text()));
      if (qualifier.isEmpty()) {
        requireColumn(owner, shape, use.column());
        return;
      }
      List<String> joined = shape.joins().stream().map(join -> join.to().text()).toList();
      if (joined.contains(qualifier.get().text())) {
        draft
            .shape(qualifier.get().text())
            .ifPresent(target -> requireColumn(qualifier.get(), target, use.column()));
      } else {
        problems.add(
            qualifier.get().at(),
            "'%s' declares no join to '%s'.".formatted(owner, qualifier.get()),
            Suggestion.insteadOf(qualifier.get().text(), joined));
      }
    }

    private void requireColumn(Name dataset, Shape of, Name column) {
      if (of.column(column.text()).isEmpty()) {
        problems.add(
            column.at(),
            "'%s' has no column '%s'.".formatted(dataset, column),
            Suggestion.insteadOf(column.text(), Draft.columnNames(of)));
      }
    }
  }
}
