package io.plumbline.definitions.reader;

import io.plumbline.definitions.DataType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** The default of a template's parameter is a value of its type. */
final class TemplateDefaultsFit implements Rule {

  @Override
  public void check(Draft draft, Problems problems) {
    for (TemplateDeclaration template : draft.templates()) {
      for (TemplateDeclaration.Parameter parameter : template.parameters()) {
        DataType type = parameter.parameter().type();
        parameter
            .defaultValue()
            .filter(value -> !fits(value.text(), type))
            .ifPresent(
                value ->
                    problems.add(
                        value.at(),
                        "Template '%s': the default '%s' of '%s' is no %s."
                            .formatted(template.name(), value, parameter.name(), type.yamlName()),
                        remedy(type)));
      }
    }
  }

  private static boolean fits(String value, DataType type) {
    return switch (type) {
      case TEXT, TIMESTAMPTZ -> true;
      case BOOLEAN -> value.equals("true") || value.equals("false");
      case INTEGER, BIGINT -> value.matches("-?[0-9]{1,18}");
      case DECIMAL, DOUBLE -> value.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
      case DATE -> isDate(value);
    };
  }

  private static boolean isDate(String value) {
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String remedy(DataType type) {
    return type == DataType.DATE ? "Write it as 2026-01-31." : "Correct the value, or the type.";
  }
}
