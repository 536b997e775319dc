package io.plumbline.masking;

import io.plumbline.definitions.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The policy file could not be read; carries every problem of it. */
public final class PolicyException extends Exception {

  private final transient List<Problem> problems;

  public PolicyException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
