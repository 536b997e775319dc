package io.plumbline.definitions;

import java.util.List;
import java.util.stream.Collectors;

/** The definitions could not be loaded; carries every problem of the load. */
public final class DefinitionException extends Exception {

  private final transient List<Problem> problems;

  public DefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
