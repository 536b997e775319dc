package io.plumbline.masking;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One policy file as a tree with places; collects the problems met while it is read. */
final class PolicyDocument {

  /** A scalar and its place. */
  record Word(String text, Position at) {}

  private final String file;
  private final List<String> lines;
  private final List<Problem> problems = new ArrayList<>();

  PolicyDocument(String file, String text) {
    this.file = file;
    this.lines = text.lines().toList();
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void report(Position at, String what, String remedy) {
    problems.add(new Problem(at, what, remedy));
  }

  Position at(Node node) {
    return new Position(
        file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  /**
   * The values of a mapping by key.
   *
   * @param known keys that are read
   */
  Map<String, Node> section(Node node, String what, Set<String> known) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      report(at(node), what + " must be a mapping.", "Write keys and values.");
      return values;
    }
    for (NodeTuple entry : mapping.getValue()) {
      word(entry.getKeyNode(), "A key")
          .ifPresent(
              key -> {
                if (!known.contains(key.text())) {
                  report(
                      key.at(),
                      "Unknown key '" + key.text() + "' in " + what + ".",
                      Suggestion.among(known, key.text()));
                } else if (values.put(key.text(), entry.getValueNode()) != null) {
                  report(key.at(), "Key '" + key.text() + "' stands twice.", "Keep one of them.");
                }
              });
    }
    return values;
  }

  List<Node> items(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    report(at(node), what + " must be a list.", "Write it as [a, b].");
    return List.of();
  }

  List<Word> words(Node node, String what) {
    return items(node, what).stream()
        .flatMap(item -> word(item, "An item of " + what).stream())
        .toList();
  }

  Optional<Word> word(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(new Word(scalar.getValue(), at(node)));
    }
    report(at(node), what + " must be a name.", "Write a single word.");
    return Optional.empty();
  }

  /** The word of a key that must be there. */
  Optional<Word> required(Map<String, Node> keys, String key, Node section, String remedy) {
    Node node = keys.get(key);
    if (node == null) {
      report(at(section), "The key '" + key + "' is missing.", remedy);
      return Optional.empty();
    }
    return word(node, "'" + key + "'");
  }

  /** The words of a list that may be missing. */
  List<Word> optionalWords(Map<String, Node> keys, String key) {
    return Optional.ofNullable(keys.get(key)).stream()
        .flatMap(node -> words(node, "'" + key + "'").stream())
        .toList();
  }

  /** The entries of a list of sections that may be missing. */
  List<Node> optionalItems(Map<String, Node> keys, String key) {
    return Optional.ofNullable(keys.get(key)).map(n -> items(n, "'" + key + "'")).orElse(List.of());
  }

  /** A whole number of at least 1. */
  Optional<Long> positive(Node node, String what) {
    return word(node, what)
        .flatMap(
            word -> {
              if (word.text().matches("[1-9][0-9]{0,17}")) {
                return Optional.of(Long.parseLong(word.text()));
              }
              report(word.at(), what + " must be a whole number of at least 1.", "");
              return Optional.empty();
            });
  }

  boolean flag(Map<String, Node> keys, String key) {
    return Optional.ofNullable(keys.get(key))
        .flatMap(node -> word(node, "'" + key + "'"))
        .filter(
            word -> {
              if (!word.text().equals("true") && !word.text().equals("false")) {
                report(word.at(), "'" + key + "' must be true or false.", "");
              }
              return word.text().equals("true");
            })
        .isPresent();
  }

  /** SQL with the places of its characters. */
  Optional<Expression> sql(Node node, String what) {
    Optional<Word> word = word(node, what);
    if (word.isPresent() && word.get().text().isBlank()) {
      report(at(node), what + " is empty.", "Write a condition in SQL.");
      return Optional.empty();
    }
    return word.map(w -> new Expression(w.text(), start((ScalarNode) node), indent(node)));
  }

  private Position start(ScalarNode node) {
    Position at = at(node);
    return switch (node.getScalarStyle()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> new Position(file, at.line(), at.column() + 1);
      case LITERAL, FOLDED -> new Position(file, at.line() + 1, indent(node) + 1);
      default -> at;
    };
  }

  /** How far the second line of a text is moved in. */
  private int indent(Node node) {
    int next = node.getStartMark().getLine() + 1;
    return next < lines.size()
        ? lines.get(next).length() - lines.get(next).stripLeading().length()
        : 0;
  }

  /** A table with its schema. */
  Optional<TableName> table(Node node) {
    return word(node, "'table'")
        .flatMap(
            word -> {
              int dot = word.text().indexOf('.');
              if (dot > 0 && dot < word.text().length() - 1) {
                return Optional.of(
                    new TableName(word.text().substring(0, dot), word.text().substring(dot + 1)));
              }
              report(
                  word.at(),
                  "'" + word.text() + "' is no table with its schema.",
                  "Write schema.table.");
              return Optional.empty();
            });
  }
}
