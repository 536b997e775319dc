package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.reader.TableDeclaration.ClassDeclaration;
import io.plumbline.definitions.reader.TableDeclaration.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an item of {@code tables}. */
final class TableReader {

  private static final String ALL = "all";
  private static final String TIME = "metric_time";

  private final Problems problems;

  TableReader(Problems problems) {
    this.problems = problems;
  }

  Optional<TableDeclaration> read(Fields fields) {
    Optional<Name> name = fields.ownName();
    String description = fields.text("description").orElse("");
    fields.required("metrics", fields.node("metrics"), "List them, or write `metrics: all`.");
    fields.required("dimensions", fields.node("dimensions"), "List them: `[accounts.*]`.");
    boolean all =
        fields.node("metrics").orElse(null) instanceof YamlNode.Scalar s && s.text().equals(ALL);
    List<Name> metrics = all ? List.of() : fields.names("metrics");
    List<Pick> picks = picks(fields);
    Name time = fields.name("time").orElse(new Name(TIME, fields.at()));
    Optional<Name> entity = fields.name("per").or(() -> fields.name("entity"));
    List<ClassDeclaration> classes = classes(fields);
    if (!classes.isEmpty()) {
      fields.required("per", fields.name("per"), "Say whose classes they are: `per: account`.");
    }
    fields.has("entity");
    fields.rejectUnknownKeys();
    return name.map(
        n -> new TableDeclaration(n, description, metrics, all, picks, classes, time, entity));
  }

  private List<ClassDeclaration> classes(Fields fields) {
    List<ClassDeclaration> classes = new ArrayList<>();
    for (YamlNode item : fields.items("classes")) {
      Fields.of("A class of " + ShapeReader.uncapitalised(fields.what()), item, problems)
          .flatMap(TableReader::classColumn)
          .ifPresent(classes::add);
    }
    return classes;
  }

  private static Optional<ClassDeclaration> classColumn(Fields fields) {
    Optional<Name> name =
        fields.required("name", fields.name("name"), "Give it the name that queries use.");
    Optional<String> label = fields.text("label");
    String description = fields.text("description").orElse("");
    Optional<Expression> expression =
        fields.required("expr", fields.expression("expr"), "Write it over metrics.");
    fields.rejectUnknownKeys();
    return name.flatMap(
        n ->
            expression.map(
                e -> new ClassDeclaration(n, label.orElse(Label.of(n.text())), description, e)));
  }

  private List<Pick> picks(Fields fields) {
    List<Pick> picks = new ArrayList<>();
    for (YamlNode item : fields.items("dimensions")) {
      if (item instanceof YamlNode.Mapping mapping) {
        aliased(
                new Fields(
                    "A dimension of " + ShapeReader.uncapitalised(fields.what()),
                    mapping,
                    problems))
            .ifPresent(picks::add);
      } else {
        fields
            .name("dimensions", item)
            .flatMap(written -> pick(fields, written, Optional.empty()))
            .ifPresent(picks::add);
      }
    }
    return picks;
  }

  private Optional<Pick> aliased(Fields fields) {
    Optional<Name> alias =
        fields.required("name", fields.name("name"), "Give it the name it has in this table.");
    Optional<Name> dimension =
        fields.required(
            "dimension", fields.name("dimension"), "Name it: `dimension: accounts.segment`.");
    fields.rejectUnknownKeys();
    return dimension.flatMap(d -> pick(fields, d, alias));
  }

  private Optional<Pick> pick(Fields fields, Name written, Optional<Name> alias) {
    Optional<Dotted> parts = Dotted.parse(written);
    if (parts.isEmpty()) {
      problems.add(
          written.at(),
          "%s: '%s' is not a dimension of a dataset.".formatted(fields.what(), written),
          "Write dataset.dimension, or dataset.* for all of them.");
    }
    return parts.map(
        p ->
            new Pick(
                p.dataset(),
                p.column().text().equals("*") ? Optional.empty() : Optional.of(p.column()),
                alias));
  }
}
