package io.plumbline.definitions.reader;

import io.plumbline.definitions.Exclusion;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Join.Cardinality;
import io.plumbline.definitions.reader.DatasetDeclaration.Binding;
import io.plumbline.definitions.reader.Shape.Bounds;
import io.plumbline.definitions.reader.Shape.Entity;
import io.plumbline.definitions.reader.Shape.HistoryReference;
import io.plumbline.definitions.reader.Shape.ShapeColumn;
import io.plumbline.definitions.reader.Shape.ShapeDimension;
import io.plumbline.definitions.reader.Shape.ShapeJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the keys that contracts and datasets share. */
final class ShapeReader {

  private final Problems problems;
  private final boolean bound;

  /**
   * @param bound whether the dimensions may bring columns of their own, which needs a source
   */
  ShapeReader(Problems problems, boolean bound) {
    this.problems = problems;
    this.bound = bound;
  }

  /** The whole shape, as contracts and datasets without a contract declare it. */
  Shape read(Fields fields, List<ShapeColumn> columns) {
    String key = "Name the columns that identify a row: `primary_key: [id]`.";
    String entity = "Say whose rows these are: `entity: {name: account, column: account_id}`.";
    fields.required("primary_key", fields.node("primary_key"), key);
    fields.required("entity", fields.node("entity"), entity);
    return new Shape(
        columns,
        fields.names("primary_key"),
        fields.node("entity").flatMap(node -> entity(fields.what(), node)),
        bounds(fields, "validity"),
        bounds(fields, "versions"),
        fields.name("time"),
        fields.name("currency"),
        exclusions(fields),
        joins(fields),
        dimensions(fields));
  }

  /** What a mapping may add to the shape of its contract. */
  Shape readAdditions(Fields fields) {
    return Shape.ofAdditions(exclusions(fields), joins(fields), dimensions(fields));
  }

  /** {@code entity: none} is for rows of the company itself, such as exchange rates. */
  private Optional<Entity> entity(String what, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && scalar.text().equals("none")) {
      return Optional.empty();
    }
    return Fields.of(what + ": 'entity'", node, problems)
        .flatMap(
            fields -> {
              Optional<Name> name =
                  fields.required("name", fields.name("name"), "Say which: `name: account`.");
              Optional<Name> column =
                  fields.required(
                      "column",
                      fields.name("column"),
                      "Say where its key is: `column: account_id`.");
              fields.rejectUnknownKeys();
              return name.flatMap(n -> column.map(c -> new Entity(n, c)));
            });
  }

  private Optional<Bounds> bounds(Fields fields, String key) {
    Optional<YamlNode> node = fields.node(key);
    return node.flatMap(n -> Fields.of(fields.what() + ": '" + key + "'", n, problems))
        .flatMap(
            bounds -> {
              String remedy = "Name both columns: `%s: {from: a, to: b}`.".formatted(key);
              Optional<Name> from = bounds.required("from", bounds.name("from"), remedy);
              Optional<Name> to = bounds.required("to", bounds.name("to"), remedy);
              bounds.rejectUnknownKeys();
              return from.flatMap(f -> to.map(t -> new Bounds(f, t)));
            });
  }

  /** Each item is {@code label: condition}. */
  private List<Exclusion> exclusions(Fields fields) {
    List<Exclusion> exclusions = new ArrayList<>();
    for (YamlNode item : fields.items("exclude")) {
      Optional<Fields> entry = Fields.of("An item of 'exclude'", item, problems);
      if (entry.isPresent() && item instanceof YamlNode.Mapping mapping) {
        for (YamlNode.Mapping.Entry labelled : mapping.entries()) {
          String label = labelled.key().text();
          Optional<Expression> when = entry.get().expression(label);
          when.ifPresent(condition -> exclusions.add(new Exclusion(label, condition)));
        }
      }
    }
    return exclusions;
  }

  private List<ShapeJoin> joins(Fields fields) {
    List<ShapeJoin> joins = new ArrayList<>();
    for (YamlNode item : fields.items("joins")) {
      Fields.of("A join of " + uncapitalised(fields.what()), item, problems)
          .flatMap(this::join)
          .ifPresent(joins::add);
    }
    return joins;
  }

  private Optional<ShapeJoin> join(Fields fields) {
    Optional<Name> to = fields.required("to", fields.name("to"), "Name the other dataset.");
    fields.required("on", fields.node("on"), "Name the columns: `on: account_id`.");
    List<ShapeJoin.Pair> pairs = pairs(fields);
    Cardinality cardinality =
        fields.word("type", Cardinality.class).orElse(Cardinality.MANY_TO_ONE);
    fields.rejectUnknownKeys();
    return to.map(name -> new ShapeJoin(name, pairs, cardinality, fields.at()));
  }

  /** {@code on: a}, {@code on: [a, b]}, or {@code on: {own: other}} where the names differ. */
  private static List<ShapeJoin.Pair> pairs(Fields fields) {
    if (fields.node("on").orElse(null) instanceof YamlNode.Mapping) {
      Fields on = new Fields("'on'", (YamlNode.Mapping) fields.node("on").get(), fields.problems());
      return fields.entries("on").stream()
          .flatMap(
              entry ->
                  on.name(entry.key().text()).stream()
                      .map(target -> new ShapeJoin.Pair(entry.key(), target)))
          .toList();
    }
    return fields.names("on").stream().map(name -> new ShapeJoin.Pair(name, name)).toList();
  }

  private List<ShapeDimension> dimensions(Fields fields) {
    List<ShapeDimension> dimensions = new ArrayList<>();
    for (YamlNode item : fields.items("dimensions")) {
      if (item instanceof YamlNode.Scalar) {
        plain(fields, item).ifPresent(dimensions::add);
      } else {
        Fields.of("A dimension of " + uncapitalised(fields.what()), item, problems)
            .flatMap(this::dimension)
            .ifPresent(dimensions::add);
      }
    }
    return dimensions;
  }

  private static Optional<ShapeDimension> plain(Fields fields, YamlNode item) {
    return fields
        .name("dimensions", item)
        .map(
            name ->
                new ShapeDimension(
                    name,
                    name,
                    Label.of(name.text()),
                    "",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
  }

  private Optional<ShapeDimension> dimension(Fields fields) {
    Optional<Name> name =
        fields.required("name", fields.name("name"), "Give it the name that queries use.");
    Optional<Name> column = fields.name("column").or(() -> name);
    Optional<String> label = fields.text("label");
    String description = fields.text("description").orElse("");
    List<String> synonyms = fields.names("synonyms").stream().map(Name::text).toList();
    Optional<HistoryReference> history =
        fields.dotted("history").map(d -> new HistoryReference(d.dataset(), d.column()));
    Optional<Dotted> sameAs = fields.dotted("same_as");
    Optional<Binding> own = bound ? ownColumn(fields) : Optional.empty();
    fields.rejectUnknownKeys();
    return name.map(
        n ->
            new ShapeDimension(
                n,
                column.orElse(n),
                label.orElse(Label.of(n.text())),
                description,
                synonyms,
                history,
                sameAs,
                own));
  }

  /** A dimension that is no column of the contract says itself where its value comes from. */
  private Optional<Binding> ownColumn(Fields fields) {
    Optional<Name> name = fields.name("name");
    Optional<Expression> expression = fields.expression("expr");
    Optional<DatasetDeclaration.TypeName> type = ColumnTypes.exact(fields);
    Optional<ZoneRule> zone = ZoneRules.read(fields);
    return name.flatMap(n -> expression.map(e -> new Binding(n, e, zone, type)));
  }

  static String uncapitalised(String what) {
    return Character.toLowerCase(what.charAt(0)) + what.substring(1);
  }
}
