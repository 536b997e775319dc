package io.plumbline.definitions.reader;

import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names can be written in SQL without quotes, whatever the case. */
final class NamesAreLowerCase implements Rule {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final int LONGEST = 63;

  @Override
  public void check(Draft draft, Problems problems) {
    names(draft).filter(name -> !isFit(name.text())).forEach(name -> report(name, problems));
  }

  private static boolean isFit(String name) {
    return NAME.matcher(name).matches() && name.length() <= LONGEST;
  }

  private static Stream<Name> names(Draft draft) {
    Stream<Shape> shapes =
        Stream.concat(
            draft.contracts().stream().map(ContractDeclaration::shape),
            draft.datasets().stream().map(DatasetDeclaration::shape));
    return Stream.of(
            draft.contracts().stream().map(ContractDeclaration::name),
            draft.datasets().stream().map(DatasetDeclaration::name),
            shapes.flatMap(NamesAreLowerCase::columnsAndDimensions),
            draft.metrics().stream().map(MetricDeclaration::name),
            draft.tables().stream().map(TableDeclaration::name),
            draft.tables().stream().flatMap(NamesAreLowerCase::aliases),
            draft.views().stream().map(ViewDeclaration::name),
            draft.templates().stream().map(TemplateDeclaration::name),
            draft.templates().stream()
                .flatMap(template -> template.parameters().stream())
                .map(TemplateDeclaration.Parameter::name))
        .flatMap(names -> names);
  }

  private static Stream<Name> columnsAndDimensions(Shape shape) {
    return Stream.concat(
            shape.columns().stream().map(ShapeColumn::name),
            shape.dimensions().stream().map(ShapeDimension::name))
        .distinct();
  }

  private static Stream<Name> aliases(TableDeclaration table) {
    List<TableDeclaration.Pick> picks = table.dimensions();
    return picks.stream().flatMap(pick -> pick.alias().stream());
  }

  private static void report(Name name, Problems problems) {
    problems.add(
        name.at(),
        "The name '%s' is not fit for SQL.".formatted(name),
        "Write up to 63 lower-case letters, digits and underscores, a letter first.");
  }
}
