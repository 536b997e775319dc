package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.reader.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the sections of a file into declarations. */
final class FileReader {

  private static final String VERSION = "1";

  private final Problems problems;
  private final Declarations declarations;

  FileReader(Problems problems, Declarations declarations) {
    this.problems = problems;
    this.declarations = declarations;
  }

  void read(DefinitionFile file) {
    int before = problems.count();
    Optional<YamlNode> document = YamlText.read(file, problems);
    if (document.isPresent()) {
      Fields.of("The file", document.get(), problems).ifPresent(this::sections);
    } else if (problems.count() == before) {
      problems.add(
          new Position(file.name(), 1, 1),
          "The file is empty.",
          "Write `version: 1`, or remove it.");
    }
  }

  private void sections(Fields fields) {
    checkVersion(fields);
    section(fields, "contracts", "Contract", new ContractReader(problems)::read, declarations::add);
    section(fields, "datasets", "Dataset", new DatasetReader(problems)::read, declarations::add);
    section(fields, "metrics", "Metric", new MetricReader(problems)::read, declarations::add);
    section(fields, "tables", "Table", new TableReader(problems)::read, declarations::add);
    section(fields, "views", "View", new ViewReader()::read, declarations::add);
    section(fields, "templates", "Template", new TemplateReader(problems)::read, declarations::add);
    fields.rejectUnknownKeys();
  }

  private void checkVersion(Fields fields) {
    Optional<Name> version =
        fields.required("version", fields.name("version"), "Write `version: 1` at its top.");
    if (version.isPresent() && !version.get().text().equals(VERSION)) {
      problems.add(
          version.get().at(),
          "Version %s of the format is unknown.".formatted(version.get()),
          "Write `version: 1`.");
    }
  }

  private <T> void section(
      Fields file,
      String key,
      String kind,
      Function<Fields, Optional<T>> reader,
      Consumer<T> declared) {
    for (YamlNode item : file.items(key)) {
      Optional<Fields> fields = Fields.of(what(kind, item), item, problems);
      fields
          .flatMap(reader)
          .ifPresentOrElse(declared, () -> nameOf(item).ifPresent(declarations::addUnread));
    }
  }

  /** The words by which errors speak of an item. */
  private static String what(String kind, YamlNode item) {
    return nameOf(item)
        .map(name -> "%s '%s'".formatted(kind, name))
        .orElse("A " + ShapeReader.uncapitalised(kind));
  }

  private static Optional<String> nameOf(YamlNode item) {
    List<YamlNode.Mapping.Entry> entries =
        item instanceof YamlNode.Mapping mapping ? mapping.entries() : List.of();
    return Stream.of("name", "implements")
        .flatMap(key -> entries.stream().filter(entry -> entry.key().text().equals(key)))
        .map(YamlNode.Mapping.Entry::value)
        .filter(Scalar.class::isInstance)
        .map(value -> ((Scalar) value).text())
        .findFirst();
  }
}
