package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.DatasetDeclaration.TypeName;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a dataset's {@code columns}.
 *
 * @param binding empty if its expression is missing or unreadable, which was reported
 * @param shape what no contract says of it
 */
record MappedColumn(Optional<Binding> binding, Optional<ShapeColumn> shape) {

  /**
   * @param typed whether the column must say its type, since no contract does
   */
  static MappedColumn read(YamlNode.Mapping.Entry entry, boolean typed, Problems problems) {
    Name name = entry.key();
    String what = "Column '%s'".formatted(name);
    if (!typed && !(entry.value() instanceof YamlNode.Mapping)) {
      return new MappedColumn(plain(what, entry, problems), Optional.empty());
    }
    Optional<Fields> fields = Fields.of(what, entry.value(), problems);
    MappedColumn column =
        new MappedColumn(
            fields.flatMap(f -> binding(name, f)),
            fields.filter(f -> typed).map(f -> typed(name, f)));
    fields.ifPresent(Fields::rejectUnknownKeys);
    return column;
  }

  private static Optional<Binding> plain(
      String what, YamlNode.Mapping.Entry entry, Problems problems) {
    YamlNode.Mapping alone = new YamlNode.Mapping(List.of(entry), entry.key().at());
    return new Fields(what, alone, problems)
        .expression(entry.key().text())
        .map(e -> new Binding(entry.key(), e, Optional.empty(), Optional.empty()));
  }

  private static Optional<Binding> binding(Name name, Fields fields) {
    Optional<Expression> expression =
        fields.required("expr", fields.expression("expr"), "Write its SQL: `expr: id`.");
    Optional<ZoneRule> zone = ZoneRules.read(fields);
    Optional<TypeName> type = ColumnTypes.exact(fields);
    return expression.map(e -> new Binding(name, e, zone, type));
  }

  private static ShapeColumn typed(Name name, Fields fields) {
    fields.required("type", fields.node("type"), "Say its type, such as `type: text`.");
    Optional<String> type = fields.name("type").map(Name::text);
    DataType known =
        List.of(DataType.values()).stream()
            .filter(t -> type.filter(t.yamlName()::equals).isPresent())
            .findFirst()
            .orElse(DataType.TEXT);
    return new ShapeColumn(
        name,
        List.of(known),
        fields.flag("nullable", true),
        false,
        fields.text("unit"),
        fields.text("description").orElse(""));
  }
}
