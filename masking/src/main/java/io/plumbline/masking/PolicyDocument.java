package io.plumbline.masking;

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
  private final List<Problem> problems = new ArrayList<>();

  PolicyDocument(String file) {
    this.file = file;
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
   * @param later keys of the policy language that this version does not enforce, so that their
   *     presence must not pass for protection
   */
  Map<String, Node> section(Node node, String what, Set<String> known, Set<String> later) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      report(at(node), what + " must be a mapping.", "Write keys and values.");
      return values;
    }
    for (NodeTuple entry : mapping.getValue()) {
      word(entry.getKeyNode(), "A key")
          .ifPresent(
              key -> {
                if (later.contains(key.text())) {
                  report(
                      key.at(),
                      "'" + key.text() + "' is not supported yet: nothing would enforce it.",
                      "Remove it.");
                } else if (!known.contains(key.text())) {
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
}
