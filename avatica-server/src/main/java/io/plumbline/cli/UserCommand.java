package io.plumbline.cli;

import picocli.CommandLine.Command;

/** {@code plumbline user}. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Changes who may log in.",
    subcommands = {
      UserAddCommand.class,
      UserPasswdCommand.class,
      UserTokenCommand.class,
      UserListCommand.class
    },
    footer = {
      "",
      "A server that runs takes a changed users file up within seconds, and disconnects the users",
      "that were changed. Comments and all other users stay as they are in the file."
    })
final class UserCommand {}
