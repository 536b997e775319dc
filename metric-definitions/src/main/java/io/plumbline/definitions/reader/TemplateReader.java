package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Template;
import java.util.List;
import java.util.Optional;

/** Reads an item of {@code templates}. */
final class TemplateReader {

  private final Problems problems;

  TemplateReader(Problems problems) {
    this.problems = problems;
  }

  Optional<TemplateDeclaration> read(Fields fields) {
    Optional<Name> name = fields.ownName();
    Optional<String> label = fields.text("label");
    Optional<String> description =
        fields.required("description", fields.text("description"), "Say what question it answers.");
    Optional<Expression> sql =
        fields.required("sql", fields.expression("sql"), "Write its query: `sql: select ...`.");
    List<TemplateDeclaration.Parameter> parameters =
        fields.items("parameters").stream().flatMap(item -> parameter(item).stream()).toList();
    fields.rejectUnknownKeys();
    if (name.isEmpty() || sql.isEmpty() || description.isEmpty()) {
      return Optional.empty();
    }
    Template template =
        new Template(
            name.get().text(),
            label.orElse(name.get().text()),
            description.get(),
            parameters.stream().map(TemplateDeclaration.Parameter::parameter).toList(),
            sql.get(),
            name.get().at());
    return Optional.of(new TemplateDeclaration(template, name.get(), parameters));
  }

  private Optional<TemplateDeclaration.Parameter> parameter(YamlNode item) {
    return Fields.of("A parameter of a template", item, problems).flatMap(this::parameter);
  }

  private Optional<TemplateDeclaration.Parameter> parameter(Fields fields) {
    Optional<Name> name = fields.ownName();
    Optional<DataType> type =
        fields.required("type", fields.word("type", DataType.class), "Write `type: text`.");
    Optional<String> description =
        fields.required("description", fields.text("description"), "Say what it means.");
    Optional<Name> defaultValue = fields.name("default");
    boolean optional = fields.flag("optional");
    fields.rejectUnknownKeys();
    if (name.isEmpty() || type.isEmpty() || description.isEmpty()) {
      return Optional.empty();
    }
    Template.Parameter parameter =
        new Template.Parameter(
            name.get().text(),
            type.get(),
            description.get(),
            defaultValue.map(Name::text),
            optional,
            name.get().at());
    return Optional.of(new TemplateDeclaration.Parameter(parameter, name.get(), defaultValue));
  }
}
