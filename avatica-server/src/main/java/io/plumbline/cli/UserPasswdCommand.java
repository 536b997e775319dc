package io.plumbline.cli;

import io.plumbline.server.auth.PasswordHash;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline user passwd}. */
@Command(
    name = "passwd",
    mixinStandardHelpOptions = true,
    description = "Gives a user another password, asked for or read from standard input.")
final class UserPasswdCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private UsersLocation location = new UsersLocation();

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Override
  public Integer call() throws IOException, ProblemsException {
    PasswordHash password = NewPassword.hash();
    location.change(editor -> editor.setPassword(name, password));
    spec.commandLine().getErr().println("Changed the password of '" + name + "'.");
    return 0;
  }
}
