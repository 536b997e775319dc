package io.plumbline.cli;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.reader.Suggestion;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A configuration file as sections with places; collects the problems met while it is read. */
final class ConfigurationDocument {

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  ConfigurationDocument(String file) {
    this.file = file;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void report(Position at, String what, String remedy) {
    problems.add(new Problem(at, what, remedy));
  }

  /** The whole file; without any key if it is not YAML. */
  Section read(String text, Set<String> known) {
    Position start = new Position(file, 1, 1);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root != null) {
        return section(root, "the file", known);
      }
      report(start, "The file is empty.", "");
    } catch (MarkedYAMLException e) {
      report(at(e.getProblemMark()), "This is not YAML: " + e.getProblem() + ".", "");
    } catch (YAMLException e) {
      report(start, "This is not YAML: " + e.getMessage() + ".", "");
    }
    return new Section("the file", start, Map.of());
  }

  private Section section(Node node, String name, Set<String> known) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> add(values, entry, name, known));
    } else {
      report(at(node.getStartMark()), name + " must be keys and values.", "");
    }
    return new Section(name, at(node.getStartMark()), values);
  }

  private void add(Map<String, Node> values, NodeTuple entry, String name, Set<String> known) {
    Position place = at(entry.getKeyNode().getStartMark());
    String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!known.contains(key)) {
      report(place, "Unknown key '" + key + "' in " + name + ".", Suggestion.insteadOf(key, known));
    } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
      report(place, "Key '" + key + "' stands twice.", "Keep one of them.");
    }
  }

  private Position at(Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Keys and their values, under a name for messages. */
  final class Section {

    private final String name;
    private final Position place;
    private final Map<String, Node> values;

    private Section(String name, Position place, Map<String, Node> values) {
      this.name = name;
      this.place = place;
      this.values = values;
    }

    boolean has(String key) {
      return values.containsKey(key);
    }

    Position place() {
      return place;
    }

    Position place(String key) {
      Node value = values.get(key);
      return value == null ? place : at(value.getStartMark());
    }

    /** A section under a key; empty of keys if it is missing. */
    Section section(String key, Set<String> known) {
      Node value = values.get(key);
      return value == null
          ? new Section("'" + key + "'", place, Map.of())
          : ConfigurationDocument.this.section(value, "'" + key + "'", known);
    }

    boolean isSection(String key) {
      return values.get(key) instanceof MappingNode;
    }

    Optional<String> text(String key) {
      Node value = values.get(key);
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
        return Optional.of(scalar.getValue());
      }
      report(place(key), "'" + key + "' must be one value.", "");
      return Optional.empty();
    }

    Optional<String> required(String key, String example) {
      if (!has(key)) {
        report(place, "Key '" + key + "' is missing in " + name + ".", "Write " + example + ".");
      }
      return text(key);
    }

    /**
     * A value that is more than a text.
     *
     * @param parse throws an unchecked exception for what is no value
     */
    <T> Optional<T> value(String key, Function<String, T> parse, String example) {
      return text(key).flatMap(text -> parsed(key, text, parse, example));
    }

    private <T> Optional<T> parsed(
        String key, String text, Function<String, T> parse, String example) {
      try {
        return Optional.of(parse.apply(text));
      } catch (RuntimeException e) {
        report(
            place(key),
            "'" + text + "' is no value for '" + key + "'.",
            "Write something like " + example + ".");
        return Optional.empty();
      }
    }
  }
}
