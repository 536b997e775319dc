package io.plumbline.cli;

import io.plumbline.server.auth.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    String password = password();
    if (password.isEmpty()) {
      throw new CommandFailure("There is no password to hash.");
    }
    spec.commandLine().getOut().println(PasswordHash.of(password));
    return 0;
  }

  private static String password() throws IOException {
    Console console = System.console();
    if (console != null) {
      char @Nullable [] typed = console.readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = input.readLine();
    return line == null ? "" : line;
  }
}
