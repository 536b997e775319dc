package io.plumbline.definitions.reader;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.Position;
import io.plumbline.definitions.reader.YamlNode.Scalar.Source;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The text of scalars with the line breaks of the file. YAML folds them away, but then no place in
 * a long SQL expression could be told.
 */
final class ScalarSource {

  private final String file;
  private final List<String> lines;

  ScalarSource(DefinitionFile file) {
    this.file = file.name();
    // Not String.lines(): YAML counts a last empty line.
    this.lines = List.of(file.text().split("\r\n|[\r\n\u0085\u2028\u2029]", -1));
  }

  Source of(ScalarNode node) {
    Mark start = node.getStartMark();
    ScalarStyle style = node.getScalarStyle();
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      return block(start.getLine() + 1, node.getEndMark());
    }
    boolean quoted = style != ScalarStyle.PLAIN;
    if (quoted || start.getLine() == node.getEndMark().getLine()) {
      int column = start.getColumn() + (quoted ? 1 : 0);
      return new Source(node.getValue(), position(start.getLine(), column), 0);
    }
    return plainOverLines(start, node.getEndMark());
  }

  private Source block(int firstLine, Mark end) {
    // Only a block that the file ends without a line break ends inside a line.
    int lastLine = end.getColumn() == 0 ? end.getLine() : Math.min(end.getLine() + 1, lines.size());
    List<String> text = lines.subList(Math.min(firstLine, lastLine), lastLine);
    int indent = commonIndent(text);
    return new Source(dedent(text, indent).stripTrailing(), position(firstLine, indent), indent);
  }

  private Source plainOverLines(Mark start, Mark end) {
    String first = fromColumn(lines.get(start.getLine()), start.getColumn());
    List<String> later = lines.subList(start.getLine() + 1, end.getLine());
    String last = upToColumn(lines.get(end.getLine()), end.getColumn());
    List<String> rest = Stream.concat(later.stream(), Stream.of(last)).toList();
    int indent = commonIndent(rest);
    String text = first.stripTrailing() + "\n" + dedent(rest, indent);
    return new Source(text.strip(), position(start.getLine(), start.getColumn()), indent);
  }

  private static int commonIndent(List<String> text) {
    return text.stream()
        .filter(line -> !line.isBlank())
        .mapToInt(line -> line.length() - line.stripLeading().length())
        .min()
        .orElse(0);
  }

  private static String dedent(List<String> text, int indent) {
    return text.stream()
        .map(line -> line.isBlank() ? "" : line.substring(indent).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  // Marks count code points, strings count UTF-16 units.
  private static String fromColumn(String line, int column) {
    return line.substring(line.offsetByCodePoints(0, column));
  }

  private static String upToColumn(String line, int column) {
    return line.substring(0, line.offsetByCodePoints(0, column));
  }

  private Position position(int line, int column) {
    return new Position(file, line + 1, column + 1);
  }
}
