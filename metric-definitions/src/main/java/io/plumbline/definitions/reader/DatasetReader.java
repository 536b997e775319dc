package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Source;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an item of {@code datasets}: the mapping of a contract, or a dataset of its own. */
final class DatasetReader {

  private final Problems problems;

  DatasetReader(Problems problems) {
    this.problems = problems;
  }

  Optional<DatasetDeclaration> read(Fields fields) {
    Optional<Name> contract = fields.name("implements");
    Optional<Name> name = fields.name("name").or(() -> contract);
    String description = fields.text("description").orElse("");
    Optional<Source> source = new SourceReader(problems).read(fields);
    fields.required("columns", fields.node("columns"), "Map them: `account_id: id`.");
    List<Binding> bindings = new ArrayList<>();
    List<ShapeColumn> columns = new ArrayList<>();
    readColumns(fields, contract.isEmpty(), bindings, columns);
    Optional<Expression> where = fields.expression("where");
    boolean deduplicate = fields.flag("deduplicate");
    Optional<ZoneRule> zone = ZoneRules.read(fields);
    ShapeReader shapes = new ShapeReader(problems, true);
    Shape shape =
        contract.isPresent() ? shapes.readAdditions(fields) : shapes.read(fields, columns);
    fields.rejectUnknownKeys();
    bindings.addAll(ownBindings(shape));
    return name.map(
        n ->
            new DatasetDeclaration(
                n,
                contract,
                description,
                source,
                List.copyOf(bindings),
                shape.withColumns(ownColumns(shape)),
                where,
                deduplicate,
                zone,
                fields.node("columns").map(YamlNode::at).orElse(fields.at())));
  }

  private void readColumns(
      Fields fields, boolean typed, List<Binding> bindings, List<ShapeColumn> columns) {
    for (YamlNode.Mapping.Entry entry : fields.entries("columns")) {
      Name name = entry.key();
      if (entry.value() instanceof YamlNode.Mapping mapping) {
        Fields column = new Fields("Column '%s'".formatted(name), mapping, problems);
        if (typed) {
          columns.add(typedColumn(name, column));
        }
        binding(name, column).ifPresent(bindings::add);
        column.rejectUnknownKeys();
      } else if (typed) {
        Fields.of("Column '%s'".formatted(name), entry.value(), problems);
      } else {
        Fields plain =
            new Fields("'columns'", new YamlNode.Mapping(List.of(entry), name.at()), problems);
        plain
            .expression(name.text())
            .map(e -> new Binding(name, e, Optional.empty(), Optional.empty()))
            .ifPresent(bindings::add);
      }
    }
  }

  private static Optional<Binding> binding(Name name, Fields fields) {
    Optional<Expression> expression =
        fields.required("expr", fields.expression("expr"), "Write its SQL: `expr: id`.");
    Optional<ZoneRule> zone = ZoneRules.read(fields);
    Optional<TypeName> type = ColumnTypes.exact(fields);
    return expression.map(e -> new Binding(name, e, zone, type));
  }

  /** A column that no contract knows must say itself what a contract would. */
  private static ShapeColumn typedColumn(Name name, Fields fields) {
    fields.required("type", fields.node("type"), "Say its type, such as `type: text`.");
    Optional<TypeName> type = ColumnTypes.exact(fields);
    return new ShapeColumn(
        name,
        List.of(type.map(TypeName::type).orElse(DataType.TEXT)),
        fields.flag("nullable", true),
        false,
        fields.text("unit"),
        fields.text("description").orElse(""));
  }

  private static List<Binding> ownBindings(Shape shape) {
    return shape.dimensions().stream().flatMap(d -> d.own().stream()).toList();
  }

  private static List<ShapeColumn> ownColumns(Shape shape) {
    return shape.dimensions().stream()
        .filter(dimension -> dimension.own().isPresent())
        .map(DatasetReader::ownColumn)
        .toList();
  }

  private static ShapeColumn ownColumn(ShapeDimension dimension) {
    DataType type =
        dimension.own().flatMap(Binding::type).map(TypeName::type).orElse(DataType.TEXT);
    return new ShapeColumn(
        dimension.name(), List.of(type), true, false, Optional.empty(), dimension.description());
  }
}
