package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.ShapeColumn;

/** Every instant says how its source becomes one; nothing else does. */
final class TimesHaveZoneRule implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (DatasetDeclaration dataset : draft.datasets()) {
      for (Binding binding : dataset.bindings()) {
        draft
            .shapeOf(dataset)
            .column(binding.column().text())
            .ifPresent(column -> check(dataset, column, binding, problems));
      }
    }
  }

  private static void check(
      DatasetDeclaration dataset, ShapeColumn column, Binding binding, Problems problems) {
    DataType type = binding.type().map(TypeName::type).orElse(column.types().get(0));
    if (type == DataType.TIMESTAMPTZ && dataset.zoneOf(binding).isEmpty()) {
      problems.add(
          binding.column().at(),
          "Column '%s' is a time without a rule for its zone.".formatted(column.name()),
          "Write `zone` on the column or its dataset: `stored` if the source column is a"
              + " timestamptz, a name such as America/Los_Angeles, or {expr: SQL that gives the"
              + " name}.");
    } else if (type != DataType.TIMESTAMPTZ && binding.zone().isPresent()) {
      problems.add(
          binding.zone().get().at(),
          "Column '%s' is %s, which has no zone.".formatted(column.name(), type.yamlName()),
          "Remove `zone`.");
    }
  }
}
