package io.plumbline.cli;

import io.plumbline.definitions.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Files that can't be used; carries every problem that was found in all of them. */
final class ProblemsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  List<Problem> problems() {
    return problems;
  }
}
