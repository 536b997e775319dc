package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.stream.Collectors;

/** Where a mapping says the type of a column, the contract allows it. */
final class TypesFitContract implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      for (Binding binding : dataset.bindings()) {
        draft
            .shapeOf(dataset)
            .column(binding.column().text())
            .ifPresent(column -> binding.type().ifPresent(type -> check(column, type, problems)));
      }
    }
  }

  private static void check(ShapeColumn column, TypeName type, Problems problems) {
    if (!column.types().contains(type.type())) {
      String allowed =
          column.types().stream().map(DataType::yamlName).collect(Collectors.joining(" or "));
      problems.add(
          type.at(),
          "Column '%s' can't be %s: its contract says %s."
              .formatted(column.name(), type.type().yamlName(), allowed),
          "Cast the expression, and remove `type`.");
    }
  }
}
