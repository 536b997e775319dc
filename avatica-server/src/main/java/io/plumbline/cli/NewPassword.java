package io.plumbline.cli;

import io.plumbline.server.auth.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a password that is to be hashed, twice, or reads it from standard input: never an
 * argument, which everybody on the machine could see.
 */
final class NewPassword {

  private NewPassword() {}

  static PasswordHash hash() throws IOException {
    String password = password();
    if (password.isEmpty()) {
      throw new CommandFailure("There is no password to hash.");
    }
    return PasswordHash.of(password);
  }

  private static String password() throws IOException {
    Console console = System.console();
    if (console != null) {
      return typed(console);
    }
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = input.readLine();
    return line == null ? "" : line;
  }

  private static String typed(Console console) {
    char @Nullable [] first = console.readPassword("Password: ");
    char @Nullable [] second = console.readPassword("Again: ");
    if (!Arrays.equals(first, second)) {
      throw new CommandFailure("The two passwords are not the same.");
    }
    return first == null ? "" : new String(first);
  }
}
