package io.plumbline.server.auth;

import io.plumbline.definitions.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The users file could not be read; carries every problem in it. */
public final class UsersFileException extends Exception {

  private final transient List<Problem> problems;

  public UsersFileException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
