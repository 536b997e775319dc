package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.reader.YamlNode.Scalar;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads one YAML file into nodes that know their place. */
final class YamlText {

  private static final Set<String> TRUE_OR_FALSE = Set.of("true", "false");

  /** What a decoder puts for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final int MOST_CODE_POINTS = 16 * 1024 * 1024;

  private final DefinitionFile file;
  private final Problems problems;
  private final ScalarSource scalarSource;
  private final Map<Node, Optional<YamlNode>> done = new IdentityHashMap<>();

  private YamlText(DefinitionFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.scalarSource = new ScalarSource(file);
  }

  /** The document of the file; empty if it has none or is not YAML, which is then a problem. */
  static Optional<YamlNode> read(DefinitionFile file, Problems problems) {
    return new YamlText(file, problems).document();
  }

  private Optional<YamlNode> document() {
    int broken = file.text().indexOf(REPLACEMENT);
    if (broken >= 0) {
      problems.add(positionAt(broken), "This is not UTF-8.", "Save the file in that encoding.");
      return Optional.empty();
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CODE_POINTS);
    try {
      Node root = new Yaml(options).compose(new StringReader(file.text()));
      return root == null || root.getTag().equals(Tag.NULL) ? Optional.empty() : convert(root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      problems.add(
          mark == null ? new Position(file.name(), 1, 1) : position(mark),
          "This is not YAML: " + firstLine(e.getProblem()) + ".",
          "Check indentation, quotes and brackets here and in the lines above.");
    } catch (ReaderException e) {
      problems.add(
          positionAt(e.getPosition()),
          "The character U+%04X can't stand in YAML.".formatted(e.getCodePoint()),
          "Remove it, or write it as an escape in double quotes.");
    } catch (YAMLException e) {
      problems.add(
          new Position(file.name(), 1, 1),
          "This is not YAML: " + firstLine(e.getMessage()) + ".",
          "Check the file's encoding and size.");
    }
    return Optional.empty();
  }

  /** Aliases share one node, so that a file of aliases of aliases stays small. */
  private Optional<YamlNode> convert(Node node) {
    Optional<YamlNode> known = done.get(node);
    if (known != null) {
      return known;
    }
    // Stands for the node while its children are read: an alias of an ancestor finds nothing.
    done.put(node, Optional.empty());
    YamlNode converted = fresh(node);
    done.put(node, Optional.of(converted));
    return Optional.of(converted);
  }

  private YamlNode fresh(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      return sequence(sequence);
    }
    return mapping((MappingNode) node);
  }

  private Scalar scalar(ScalarNode node) {
    return new Scalar(
        node.getValue(), type(node), scalarSource.of(node), position(node.getStartMark()));
  }

  private static Scalar.Type type(ScalarNode node) {
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return Scalar.Type.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      // As editors read YAML since 1.2: yes, no, on and off are words.
      boolean word = !TRUE_OR_FALSE.contains(node.getValue().toLowerCase(Locale.ROOT));
      return word ? Scalar.Type.TEXT : Scalar.Type.BOOLEAN;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Scalar.Type.NUMBER : Scalar.Type.TEXT;
  }

  private YamlNode sequence(SequenceNode node) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      convert(item).ifPresentOrElse(items::add, () -> reportLoop(item));
    }
    return new YamlNode.Sequence(items, position(node.getStartMark()));
  }

  private YamlNode mapping(MappingNode node) {
    Map<String, YamlNode.Mapping.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        Name name = scalar(key).name();
        convert(tuple.getValueNode())
            .ifPresentOrElse(
                value -> addEntry(entries, new YamlNode.Mapping.Entry(name, value)),
                () -> reportLoop(tuple.getValueNode()));
      } else {
        problems.add(
            position(tuple.getKeyNode().getStartMark()),
            "A key must be a text.",
            "Write `key: value`, and put a text that holds brackets in quotes.");
      }
    }
    return new YamlNode.Mapping(List.copyOf(entries.values()), position(node.getStartMark()));
  }

  private void addEntry(Map<String, YamlNode.Mapping.Entry> entries, YamlNode.Mapping.Entry entry) {
    Name key = entry.key();
    YamlNode.Mapping.Entry first = entries.putIfAbsent(key.text(), entry);
    if (first != null) {
      problems.add(
          key.at(),
          "Key '" + key + "' stands twice, first in line " + first.key().at().line() + ".",
          "Remove one of them.");
    }
  }

  private void reportLoop(Node node) {
    problems.add(
        position(node.getStartMark()),
        "An alias refers to a part that holds the alias itself.",
        "Write the part out.");
  }

  private Position positionAt(int offset) {
    String before = file.text().substring(0, offset);
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(file.name(), line, before.codePointCount(lineStart, before.length()) + 1);
  }

  private Position position(Mark mark) {
    return new Position(file.name(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
