package io.plumbline.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline hash-password}. */
@Command(
    name = "hash-password",
    mixinStandardHelpOptions = true,
    description = "Hashes a password for the users file.",
    footer = {
      "",
      "The password is asked for, or read from standard input: never an argument, which everybody on",
      "the machine could see."
    })
final class HashPasswordCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(NewPassword.hash());
    return 0;
  }
}
