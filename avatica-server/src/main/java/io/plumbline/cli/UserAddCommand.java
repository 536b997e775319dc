package io.plumbline.cli;

import io.plumbline.server.auth.PasswordHash;
import io.plumbline.server.auth.TokenHash;
import io.plumbline.server.auth.User;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline user add}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Adds a user; the password is asked for, or read from standard input.",
    footer = {
      "",
      "Example:",
      "  plumbline user add --config plumbline.yaml --role analyst --attribute email=ana@a.example ana"
    })
final class UserAddCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private UsersLocation location = new UsersLocation();

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Option(names = "--role", paramLabel = "ROLE", description = "A role; may be given repeatedly.")
  private Set<String> roles = new LinkedHashSet<>();

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "A fact that row filters read, such as email; may be given repeatedly.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(
      names = "--token",
      paramLabel = "LABEL",
      description = "Log in by a new token, printed once, instead of a password.")
  private @Nullable String label;

  @Option(
      names = "--certificate",
      paramLabel = "SUBJECT",
      description =
          "Log in by certificates of this subject, such as 'CN=etl, O=Example', instead of a"
              + " password.")
  private @Nullable String subject;

  @Override
  public Integer call() throws IOException, ProblemsException {
    location.failOnUnknownRoles(roles);
    String token = TokenHash.newToken();
    User user = user(token);
    location.change(editor -> editor.add(user));
    PrintWriter out = spec.commandLine().getOut();
    if (label != null) {
      out.println(token);
    }
    spec.commandLine().getErr().println("Added '" + name + "' to " + location.file() + ".");
    return 0;
  }

  private User user(String token) throws IOException {
    try {
      return new User(name, password(), roles, attributes, tokens(token), certificates());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("This is no user: " + e.getMessage() + ".", e);
    }
  }

  private Optional<PasswordHash> password() throws IOException {
    return label == null && subject == null ? Optional.of(NewPassword.hash()) : Optional.empty();
  }

  private List<User.Token> tokens(String token) {
    return Optional.ofNullable(label).stream()
        .map(text -> new User.Token(text, TokenHash.of(token), Optional.empty()))
        .toList();
  }

  private Set<X500Principal> certificates() {
    return Optional.ofNullable(subject).stream()
        .map(X500Principal::new)
        .collect(Collectors.toSet());
  }
}
