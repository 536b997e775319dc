package io.plumbline.cli;

import io.plumbline.server.auth.Users;
import io.plumbline.server.auth.UsersFile;
import io.plumbline.server.auth.UsersFileEditor;
import io.plumbline.server.auth.UsersFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which users file. */
final class UsersLocation {

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** Where it stands. */
  static final class Source {
    @Option(names = "--config", paramLabel = "FILE", description = "The server's configuration.")
    private @Nullable Path configuration;

    @Option(names = "--users", paramLabel = "FILE", description = "The users file itself.")
    private @Nullable Path users;
  }

  /** Something that is done to the file. */
  interface Change {
    void in(UsersFileEditor editor) throws IOException, UsersFileException;
  }

  void change(Change change) throws ProblemsException {
    Path file = file();
    try {
      change.in(new UsersFileEditor(file));
    } catch (UsersFileException e) {
      throw new ProblemsException(e.problems());
    } catch (IOException e) {
      throw new CommandFailure(
          "The file " + file + " can't be changed: " + e.getMessage() + ".", e);
    }
  }

  Users read() throws ProblemsException {
    Path file = file();
    try {
      return UsersFile.read(file);
    } catch (UsersFileException e) {
      throw new ProblemsException(e.problems());
    } catch (IOException e) {
      throw new CommandFailure("The file " + file + " can't be read. Is the path right?", e);
    }
  }

  Path file() throws ProblemsException {
    return source.configuration == null
        ? Objects.requireNonNull(source.users)
        : rules(source.configuration).users();
  }

  private static RuleFiles rules(Path configuration) throws ProblemsException {
    return ConfigurationReader.read(configuration, System.getenv()).rules();
  }

  /**
   * Fails for a role that the policy does not declare: with it in the file, no server would take
   * the file up. Where only the users file is given, the policy is not known.
   */
  void failOnUnknownRoles(Set<String> roles) throws ProblemsException, IOException {
    if (source.configuration == null) {
      return;
    }
    Set<String> declared = RuleFiles.readPolicies(rules(source.configuration).policy()).roles();
    Set<String> unknown = new TreeSet<>(roles);
    unknown.removeAll(declared);
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          "The policy declares no role "
              + String.join(", ", unknown)
              + "; there are "
              + String.join(", ", new TreeSet<>(declared))
              + ".");
    }
  }
}
