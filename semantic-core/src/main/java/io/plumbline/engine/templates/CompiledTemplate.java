package io.plumbline.engine.templates;

import io.plumbline.definitions.Template;
import io.plumbline.definitions.Template.Parameter;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A template with its query, parsed. */
record CompiledTemplate(Template definition, SqlNode query) {

  /**
   * The query of a call. Its nodes stand where the call does, so that errors point there.
   *
   * @throws QueryException if the arguments do not fit the parameters
   */
  SqlNode called(List<SqlNode> arguments, SqlParserPos at) {
    Map<String, SqlNode> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      put(arguments.get(i), i, values);
    }
    for (Parameter parameter : definition.parameters()) {
      if (!values.containsKey(parameter.name())) {
        if (parameter.required()) {
          throw refused(at, "needs the argument '" + parameter.name() + "'");
        }
        values.put(parameter.name(), ArgumentValues.left(parameter));
      }
    }
    return filled(values::get, Optional.of(at));
  }

  private void put(SqlNode argument, int position, Map<String, SqlNode> values) {
    boolean named = argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
    SqlNode value = named ? ((SqlCall) argument).operand(0) : argument;
    Parameter parameter = named ? named((SqlCall) argument) : positioned(argument, position);
    if (value.getKind() == SqlKind.DEFAULT) {
      return;
    }
    SqlNode constant =
        ArgumentValues.given(value, parameter)
            .orElseThrow(
                () ->
                    refused(
                        value.getParserPosition(),
                        "takes a constant of type "
                            + parameter.type().yamlName()
                            + " for '"
                            + parameter.name()
                            + "'"
                            + (parameter.optional() ? ", or null" : "")));
    if (values.put(parameter.name(), constant) != null) {
      throw refused(argument.getParserPosition(), "got '" + parameter.name() + "' twice");
    }
  }

  private Parameter named(SqlCall argument) {
    String name = ((SqlIdentifier) argument.operand(1)).getSimple().toLowerCase(Locale.ROOT);
    return parameter(name)
        .orElseThrow(
            () -> refused(argument.getParserPosition(), "has no parameter '" + name + "'"));
  }

  private Parameter positioned(SqlNode argument, int position) {
    if (position >= definition.parameters().size()) {
      throw refused(
          argument.getParserPosition(),
          "has " + definition.parameters().size() + " parameters, but got more arguments");
    }
    return definition.parameters().get(position);
  }

  Optional<Parameter> parameter(String name) {
    return definition.parameters().stream().filter(p -> p.name().equals(name)).findFirst();
  }

  private QueryException refused(SqlParserPos at, String what) {
    String parameters =
        definition.parameters().stream()
            .map(CompiledTemplate::told)
            .collect(Collectors.joining(", "));
    return new QueryException(
        SqlState.INVALID_PARAMETER,
        new QueryException.Place(at.getLineNum(), at.getColumnNum()),
        "template " + definition.name() + " " + what + "; it has (" + parameters + ")");
  }

  /** {@code from_day date = 2026-01-01}. */
  static String told(Parameter parameter) {
    String ending =
        parameter
            .defaultValue()
            .map(value -> " = " + value)
            .orElse(parameter.optional() ? " = null" : "");
    return parameter.name() + " " + parameter.type().yamlName() + ending;
  }

  /** The query with values to check it by, its nodes where they stand in the file. */
  SqlNode sample(LocalDate today) {
    return filled(
        name -> parameter(name).map(p -> ArgumentValues.sample(p, today)).orElse(null),
        Optional.empty());
  }

  private SqlNode filled(
      Function<String, @org.jspecify.annotations.Nullable SqlNode> values,
      Optional<SqlParserPos> at) {
    return new ArgumentFilling(values, at).filled(query);
  }
}
