package io.plumbline.definitions.reader;

import io.plumbline.definitions.Template;
import java.util.List;
import java.util.Optional;

/** A template as a file declares it. */
record TemplateDeclaration(Template template, Name name, List<Parameter> parameters) {

  TemplateDeclaration {
    parameters = List.copyOf(parameters);
  }

  /** A parameter with the places of its parts. */
  record Parameter(Template.Parameter parameter, Name name, Optional<Name> defaultValue) {}
}
