package io.plumbline.definitions;

import java.util.List;
import java.util.Optional;

/**
 * A named query with parameters, called as {@code select * from table(templates.name(...))} with
 * the rights of whoever calls it.
 *
 * @param sql the query; {@code argument(x)} in it stands for the value of the parameter x
 */
public record Template(
    String name,
    String label,
    String description,
    List<Parameter> parameters,
    Expression sql,
    Position at) {

  /**
   * A parameter.
   *
   * @param defaultValue the value of a call that leaves it out
   * @param optional whether it may be left out or be null; it is null then unless it has a default
   */
  public record Parameter(
      String name,
      DataType type,
      String description,
      Optional<String> defaultValue,
      boolean optional,
      Position at) {

    /** Whether a call must give it. */
    public boolean required() {
      return !optional && defaultValue.isEmpty();
    }
  }

  public Template {
    parameters = List.copyOf(parameters);
  }
}
