package io.plumbline.cli;

import io.plumbline.server.auth.TokenHash;
import io.plumbline.server.auth.User;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline user token}. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Makes a token, with which a program logs in as a user, and prints it.",
    footer = {
      "",
      "It is printed once: the file keeps only its hash. To take it away, remove it from the file.",
      "Avatica's driver 1.28.0 sends it: authentication=BEARER;bearer_token=TOKEN in the URL."
    })
final class UserTokenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private UsersLocation location = new UsersLocation();

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      required = true,
      description = "What the token is for.")
  private String label = "";

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      description = "The day on which it ends, such as 2027-01-31, at 0:00 UTC; default: never.")
  private @Nullable LocalDate expires;

  @Override
  public Integer call() throws ProblemsException {
    String token = TokenHash.newToken();
    User.Token kept =
        new User.Token(
            label,
            TokenHash.of(token),
            Optional.ofNullable(expires).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    location.change(editor -> editor.addToken(name, kept));
    spec.commandLine().getOut().println(token);
    spec.commandLine().getErr().println("It is not shown again.");
    return 0;
  }
}
