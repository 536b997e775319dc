package io.plumbline.cli;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.DefinitionFile;
import io.plumbline.definitions.DefinitionReader;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.masking.Policies;
import io.plumbline.masking.PolicyException;
import io.plumbline.masking.PolicyReader;
import io.plumbline.server.auth.Users;
import io.plumbline.server.auth.UsersFile;
import io.plumbline.server.auth.UsersFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a server's rules stand.
 *
 * @param definitions a folder of YAML files
 */
record RuleFiles(Path definitions, Path policy, Path users) {

  /**
   * Reads all of them, on top of the canonical definitions.
   *
   * @throws ProblemsException with the problems of all files together
   */
  Rulebook read() throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    Optional<SemanticModel> model = attempt(problems, definitions, () -> readModel(definitions));
    Optional<Policies> policies = attempt(problems, policy, () -> readPolicies(policy));
    Optional<Users> logins = attempt(problems, users, () -> readUsers(users));
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Rulebook(model.orElseThrow(), policies.orElseThrow(), logins.orElseThrow());
  }

  /** The model of a folder, with problems that name its files by their path. */
  static SemanticModel readModel(Path folder) throws IOException, ProblemsException {
    List<DefinitionFile> files = new ArrayList<>();
    for (Path file : definitionFiles(folder)) {
      files.add(text(file));
    }
    try {
      return DefinitionReader.withCanonical().read(files);
    } catch (DefinitionException e) {
      throw new ProblemsException(e.problems());
    }
  }

  private static List<Path> definitionFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  /** What is not UTF-8 becomes a problem of the file, with its place. */
  private static DefinitionFile text(Path file) throws IOException {
    return new DefinitionFile(
        file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  static Policies readPolicies(Path file) throws IOException, ProblemsException {
    try {
      return new PolicyReader().read(file.toString(), text(file).text());
    } catch (PolicyException e) {
      throw new ProblemsException(e.problems());
    }
  }

  private static Users readUsers(Path file) throws IOException, ProblemsException {
    try {
      return UsersFile.read(file);
    } catch (UsersFileException e) {
      throw new ProblemsException(e.problems());
    }
  }

  private interface Reading<T> {
    T read() throws IOException, ProblemsException;
  }

  private static <T> Optional<T> attempt(List<Problem> problems, Path path, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      problems.add(ConfigurationReader.problemOf(path, "It can't be read.", "Is the path right?"));
    }
    return Optional.empty();
  }

  /** Changes whenever a file is added, removed or written. */
  String fingerprint() {
    StringBuilder print = new StringBuilder();
    try {
      for (Path file : definitionFiles(definitions)) {
        append(print, file);
      }
      append(print, policy);
      append(print, users);
    } catch (IOException e) {
      print.append("unreadable");
    }
    return print.toString();
  }

  private static void append(StringBuilder print, Path file) throws IOException {
    print
        .append(file)
        .append(Files.getLastModifiedTime(file).toMillis())
        .append('/')
        .append(Files.size(file))
        .append('\n');
  }
}
