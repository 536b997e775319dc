package io.plumbline.demo.cloudflow.source;

import java.util.Map;
import java.util.StringJoiner;

/**
 * A JSON object, written field by field. The texts put into it are identifiers, which need no
 * escaping.
 */
final class Json {
  private final StringJoiner fields = new StringJoiner(", ", "{", "}");

  Json text(String name, String value) {
    return raw(name, "\"" + value + "\"");
  }

  Json number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  Json object(String name, Json value) {
    return raw(name, value.toString());
  }

  Json raw(String name, String json) {
    fields.add("\"" + name + "\": " + json);
    return this;
  }

  static Json of(Map<String, Long> numbers) {
    Json json = new Json();
    numbers.forEach(json::number);
    return json;
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
