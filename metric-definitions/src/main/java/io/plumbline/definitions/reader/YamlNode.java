package io.plumbline.definitions.reader;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Position;
import java.util.List;

/** A piece of a YAML file that knows its place. */
sealed interface YamlNode {

  Position at();

  /** What it is, in the words of an error. */
  String kind();

  /**
   * A text, number, boolean or nothing.
   *
   * @param text the value as YAML reads it
   * @param type which of them it is, by YAML's own rules
   * @param source the value with the line breaks of the file, for SQL
   */
  record Scalar(String text, Type type, Source source, Position at) implements YamlNode {

    /** What YAML takes a scalar for. */
    enum Type {
      TEXT,
      NUMBER,
      BOOLEAN,
      NOTHING
    }

    /**
     * How the text stands in the file.
     *
     * @param at the place of its first character, after a quote or block indicator
     */
    record Source(String text, Position at, int indent) {}

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> text.isBlank() ? "empty" : "a text";
        case NUMBER -> "a number";
        case BOOLEAN -> "true or false";
        case NOTHING -> "empty";
      };
    }

    Name name() {
      return new Name(text, source.at());
    }

    Expression expression() {
      return new Expression(source.text(), source.at(), source.indent());
    }
  }

  /** Keys with their values, in the order of the file. */
  record Mapping(List<Entry> entries, Position at) implements YamlNode {

    /** One key and its value. */
    record Entry(Name key, YamlNode value) {}

    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping of keys";
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, Position at) implements YamlNode {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }
}
