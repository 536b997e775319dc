package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Source;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an item of {@code datasets}: the mapping of a contract, or a dataset of its own. */
final class DatasetReader {

  private final Problems problems;

  DatasetReader(Problems problems) {
    this.problems = problems;
  }

  Optional<DatasetDeclaration> read(Fields fields) {
    Optional<Name> contract = fields.name("implements");
    Optional<Name> name =
        fields.has("implements") ? fields.name("name").or(() -> contract) : fields.ownName();
    String description = fields.text("description").orElse("");
    Optional<Source> source = new SourceReader(problems).read(fields);
    fields.required("columns", fields.node("columns"), "Map them: `account_id: id`.");
    List<MappedColumn> columns = columns(fields, contract.isEmpty());
    Optional<Expression> where = fields.expression("where");
    boolean deduplicate = fields.flag("deduplicate");
    Optional<ZoneRule> zone = ZoneRules.read(fields);
    ShapeReader shapes = new ShapeReader(problems, true);
    Shape shape =
        contract.isPresent()
            ? shapes.readAdditions(fields)
            : shapes.read(fields, shapesOf(columns));
    fields.rejectUnknownKeys();
    return name.map(
        n ->
            new DatasetDeclaration(
                n,
                contract,
                description,
                source,
                bindings(columns, shape),
                shape.withColumns(ownColumns(shape)),
                where,
                deduplicate,
                zone,
                fields.node("columns").map(YamlNode::at).orElse(fields.at())));
  }

  private List<MappedColumn> columns(Fields fields, boolean typed) {
    return fields.entries("columns").stream()
        .map(entry -> MappedColumn.read(entry, typed, problems))
        .toList();
  }

  private static List<ShapeColumn> shapesOf(List<MappedColumn> columns) {
    return columns.stream().flatMap(column -> column.shape().stream()).toList();
  }

  private static List<Binding> bindings(List<MappedColumn> columns, Shape shape) {
    return Stream.concat(
            columns.stream().flatMap(column -> column.binding().stream()),
            shape.dimensions().stream().flatMap(dimension -> dimension.own().stream()))
        .toList();
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
