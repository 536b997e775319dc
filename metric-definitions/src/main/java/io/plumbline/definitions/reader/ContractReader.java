package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an item of {@code contracts}. */
final class ContractReader {

  private final Problems problems;

  ContractReader(Problems problems) {
    this.problems = problems;
  }

  Optional<ContractDeclaration> read(Fields fields) {
    Optional<Name> name = fields.ownName();
    String description = fields.text("description").orElse("");
    String remedy = "List them: `- {name: account_id, type: text}`.";
    fields.required("columns", fields.node("columns"), remedy);
    Shape shape = new ShapeReader(problems, false).read(fields, columns(fields));
    fields.rejectUnknownKeys();
    return name.map(n -> new ContractDeclaration(n, description, shape));
  }

  private List<ShapeColumn> columns(Fields fields) {
    List<ShapeColumn> columns = new ArrayList<>();
    for (YamlNode item : fields.items("columns")) {
      Fields.of("A column of " + ShapeReader.uncapitalised(fields.what()), item, problems)
          .flatMap(ContractReader::column)
          .ifPresent(columns::add);
    }
    return columns;
  }

  private static Optional<ShapeColumn> column(Fields fields) {
    Optional<Name> name = fields.required("name", fields.name("name"), "Give it a name.");
    fields.required("type", fields.node("type"), "Say its type, such as `type: text`.");
    List<DataType> types = ColumnTypes.allowed(fields);
    boolean optional = fields.flag("optional");
    boolean nullable = fields.flag("nullable");
    Optional<String> unit = fields.text("unit");
    String description = fields.text("description").orElse("");
    fields.rejectUnknownKeys();
    return name.map(
        n ->
            new ShapeColumn(
                n,
                types.isEmpty() ? List.of(DataType.TEXT) : types,
                nullable,
                optional,
                unit,
                description));
  }
}
