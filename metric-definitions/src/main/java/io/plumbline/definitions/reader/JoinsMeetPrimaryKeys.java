package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeJoin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A join goes to the whole primary key of a dataset, so that it never multiplies rows. */
final class JoinsMeetPrimaryKeys implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (ContractDeclaration contract : draft.contracts()) {
      contract.shape().joins().forEach(join -> checkTarget(join, draft, problems));
    }
    for (DatasetDeclaration dataset : draft.datasets()) {
      dataset.shape().joins().forEach(join -> checkTarget(join, draft, problems));
      draft.shapeOf(dataset).joins().forEach(join -> checkTypes(dataset, join, draft, problems));
    }
  }

  private static void checkTarget(ShapeJoin join, Draft draft, Problems problems) {
    Optional<Shape> target = draft.shape(join.to().text());
    if (target.isEmpty() && !draft.isUnread(join.to().text())) {
      problems.add(
          join.to().at(),
          "Join to the unknown dataset '%s'.".formatted(join.to()),
          Suggestion.insteadOf(join.to().text(), draft.datasetNames()));
    }
    target.ifPresent(shape -> checkKey(join, shape, problems));
  }

  private static void checkKey(ShapeJoin join, Shape target, Problems problems) {
    List<String> key = target.primaryKey().stream().map(Name::text).sorted().toList();
    List<String> named = join.columns().stream().map(p -> p.target().text()).sorted().toList();
    if (!named.isEmpty() && !key.isEmpty() && !named.equals(key)) {
      problems.add(
          join.columns().get(0).target().at(),
          "The join to '%s' does not meet its primary key (%s), so it could multiply rows."
              .formatted(join.to(), String.join(", ", key)),
          "Write `on` with a column for each of them: `%s`.".formatted(example(key)));
    }
  }

  private static String example(List<String> key) {
    return key.stream()
        .map(c -> "your_column: " + c)
        .collect(Collectors.joining(", ", "on: {", "}"));
  }

  /** Both sides of a join are bound here, so their types are known. */
  private static void checkTypes(
      DatasetDeclaration dataset, ShapeJoin join, Draft draft, Problems problems) {
    for (ShapeJoin.Pair pair : join.columns()) {
      Optional<String> own = type(dataset, pair.own(), draft);
      Optional<String> target =
          draft.dataset(join.to().text()).flatMap(to -> type(to, pair.target(), draft));
      if (own.isPresent() && target.isPresent() && !own.equals(target)) {
        problems.add(
            dataset.binding(pair.own().text()).orElseThrow().column().at(),
            "Column '%s' is %s, but the column '%s' of '%s' that it joins is %s."
                .formatted(pair.own(), own.get(), pair.target(), join.to(), target.get()),
            "Say the same `type` for both, with a cast where needed.");
      }
    }
  }

  private static Optional<String> type(DatasetDeclaration dataset, Name column, Draft draft) {
    Optional<ShapeColumn> shape = draft.shapeOf(dataset).column(column.text());
    return dataset
        .binding(column.text())
        .flatMap(
            binding ->
                shape.map(
                    s -> binding.type().map(t -> t.type()).orElse(s.types().get(0)).yamlName()));
  }
}
