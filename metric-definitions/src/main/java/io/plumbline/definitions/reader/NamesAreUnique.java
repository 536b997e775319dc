package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.Shape.ShapeJoin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name is defined once among its kind, in all files together. */
final class NamesAreUnique implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    check("Contract", draft.contracts().stream().map(ContractDeclaration::name).toList(), problems);
    check("Dataset", draft.datasets().stream().map(DatasetDeclaration::name).toList(), problems);
    check("Metric", draft.metrics().stream().map(MetricDeclaration::name).toList(), problems);
    check("Table", draft.tables().stream().map(TableDeclaration::name).toList(), problems);
    check("View", draft.views().stream().map(ViewDeclaration::name).toList(), problems);
    check("Template", draft.templates().stream().map(TemplateDeclaration::name).toList(), problems);
    draft.templates().forEach(template -> checkParameters(template, problems));
    draft.contracts().forEach(contract -> checkParts(contract.shape(), problems));
    draft.datasets().forEach(dataset -> checkParts(draft.shapeOf(dataset), problems));
  }

  private static void checkParameters(TemplateDeclaration template, Problems problems) {
    check(
        "Parameter",
        template.parameters().stream().map(TemplateDeclaration.Parameter::name).toList(),
        problems);
  }

  private static void checkParts(Shape shape, Problems problems) {
    check("Column", shape.columns().stream().map(ShapeColumn::name).toList(), problems);
    check("Dimension", shape.dimensions().stream().map(ShapeDimension::name).toList(), problems);
    check("Join to", shape.joins().stream().map(ShapeJoin::to).toList(), problems);
  }

  private static void check(String kind, List<Name> names, Problems problems) {
    Map<String, Name> first = new HashMap<>();
    for (Name name : names) {
      Name before = first.putIfAbsent(name.text(), name);
      if (before != null) {
        problems.add(
            name.at(),
            "%s '%s' is defined twice, first at %s.".formatted(kind, name, before.at()),
            "Rename or remove one of them.");
      }
    }
  }
}
