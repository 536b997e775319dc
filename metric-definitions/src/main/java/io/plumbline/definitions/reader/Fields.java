package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.reader.YamlNode.Mapping;
import io.plumbline.definitions.reader.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of one mapping, read by name and type. What is missing, of another type or unknown
 * becomes a problem; a key is known if somebody asked for it.
 */
final class Fields {

  private final String what;
  private final Mapping mapping;
  private final Problems problems;
  private final Map<String, YamlNode> values;
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param what of which thing these are keys, as errors say it: {@code Metric 'mrr'}
   */
  Fields(String what, Mapping mapping, Problems problems) {
    this.what = what;
    this.mapping = mapping;
    this.problems = problems;
    this.values =
        mapping.entries().stream()
            .collect(Collectors.toMap(e -> e.key().text(), Mapping.Entry::value));
  }

  /** The fields of a node that must be a mapping; else a problem and empty. */
  static Optional<Fields> of(String what, YamlNode node, Problems problems) {
    if (node instanceof Mapping mapping) {
      return Optional.of(new Fields(what, mapping, problems));
    }
    problems.add(
        node.at(),
        what + " must be a mapping of keys, but is " + node.kind() + ".",
        "Write `key: value` lines, or {key: value, ...}.");
    return Optional.empty();
  }

  String what() {
    return what;
  }

  Position at() {
    return mapping.at();
  }

  Problems problems() {
    return problems;
  }

  boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  Optional<YamlNode> node(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  Optional<Name> name(String key) {
    return scalar(key, "a text").map(Scalar::name);
  }

  /** The name of the thing itself. */
  Optional<Name> ownName() {
    return required("name", name("name"), "Give it a name in lower case, such as `name: revenue`.");
  }

  /** The dataset whose rows a metric reads. */
  Optional<Name> dataset() {
    return required("dataset", name("dataset"), "Name the dataset whose rows it reads.");
  }

  /** An item of a list that must be a name. */
  Optional<Name> name(String key, YamlNode item) {
    return scalar(key, item, "a name").map(Scalar::name).findFirst();
  }

  /** A reference of the form {@code dataset.column}. */
  Optional<Dotted> dotted(String key) {
    Optional<Name> written = name(key);
    Optional<Dotted> dotted = written.flatMap(Dotted::parse);
    if (written.isPresent() && dotted.isEmpty()) {
      problems.add(
          written.get().at(),
          "%s: '%s' must be dataset.column, but is '%s'.".formatted(what, key, written.get()),
          "Name the dataset, a dot, and its column.");
    }
    return dotted;
  }

  Optional<String> text(String key) {
    return scalar(key, "a text").map(scalar -> scalar.text().strip());
  }

  Optional<Expression> expression(String key) {
    return scalar(key, "an SQL expression").map(Scalar::expression);
  }

  boolean flag(String key) {
    return flag(key, false);
  }

  boolean flag(String key, boolean otherwise) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.BOOLEAN) {
      return scalar.text().toLowerCase(Locale.ROOT).equals("true");
    }
    wrongType(key, node.get(), "true or false");
    return otherwise;
  }

  /** One of the words of an enumeration, written in lower case. */
  <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
    Optional<Name> written = name(key);
    return written.flatMap(word -> oneOf(key, word, List.of(words.getEnumConstants())));
  }

  private <E extends Enum<E>> Optional<E> oneOf(String key, Name word, List<E> words) {
    Function<E, String> spelling = e -> e.name().toLowerCase(Locale.ROOT);
    Optional<E> found = words.stream().filter(e -> spelling.apply(e).equals(word.text())).findAny();
    if (found.isEmpty()) {
      problems.add(
          word.at(),
          "%s has the unknown %s '%s'.".formatted(what, key, word),
          Suggestion.insteadOf(word.text(), words.stream().map(spelling).toList()));
    }
    return found;
  }

  /** A list of names; a single name is a list of one. */
  List<Name> names(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence list ? list.items() : List.of(node.get());
    return items.stream()
        .flatMap(item -> scalar(key, item, "a list of names"))
        .map(Scalar::name)
        .toList();
  }

  /** The items of a list; empty without the key. */
  List<YamlNode> items(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof YamlNode.Sequence list) {
      return list.items();
    }
    wrongType(key, node.get(), "a list");
    return List.of();
  }

  /** The entries of a mapping; empty without the key. */
  List<Mapping.Entry> entries(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Mapping entries) {
      return entries.entries();
    }
    wrongType(key, node.get(), "a mapping of keys");
    return List.of();
  }

  /** Says that a key is missing unless something was read for it or was there but unreadable. */
  <T> Optional<T> required(String key, Optional<T> read, String remedy) {
    if (!has(key)) {
      problems.add(at(), "%s lacks the key '%s'.".formatted(what, key), remedy);
    }
    return read;
  }

  /** To be called after the last key was read. */
  void rejectUnknownKeys() {
    List<String> known = new ArrayList<>(asked);
    for (Mapping.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!asked.contains(key)) {
        problems.add(
            entry.key().at(),
            "%s has the unknown key '%s'.".formatted(what, key),
            Suggestion.insteadOf(key, known));
      }
    }
  }

  private Optional<Scalar> scalar(String key, String expected) {
    return node(key).stream().flatMap(node -> scalar(key, node, expected)).findFirst();
  }

  private Stream<Scalar> scalar(String key, YamlNode node, String expected) {
    if (node instanceof Scalar scalar
        && scalar.type() != Scalar.Type.NOTHING
        && !scalar.source().text().isBlank()) {
      return Stream.of(scalar);
    }
    wrongType(key, node, expected);
    return Stream.of();
  }

  private void wrongType(String key, YamlNode node, String expected) {
    problems.add(
        node.at(),
        "%s: '%s' must be %s, but is %s.".formatted(what, key, expected, node.kind()),
        "Correct the value, or remove the key.");
  }
}
