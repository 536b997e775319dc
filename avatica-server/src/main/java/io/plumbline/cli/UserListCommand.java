package io.plumbline.cli;

import io.plumbline.server.auth.User;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline user list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists users: name, roles, attributes, and how they log in.")
final class UserListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private UsersLocation location = new UsersLocation();

  @Override
  public Integer call() throws ProblemsException {
    List<User> users =
        location.read().all().stream().sorted(Comparator.comparing(User::name)).toList();
    PrintWriter out = spec.commandLine().getOut();
    for (User user : users) {
      out.println(user.name());
      out.println("  roles       " + orNone(String.join(", ", new TreeSet<>(user.roles()))));
      out.println("  attributes  " + orNone(attributes(user)));
      out.println("  logs in by  " + orNone(String.join(", ", logins(user))));
    }
    return 0;
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static String attributes(User user) {
    return new TreeMap<>(user.attributes())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Never a hash. */
  private static List<String> logins(User user) {
    List<String> logins = new ArrayList<>();
    user.password().ifPresent(hash -> logins.add("password"));
    user.tokens().forEach(token -> logins.add(login(token)));
    user.certificates().forEach(subject -> logins.add("certificate '" + subject + "'"));
    return logins;
  }

  private static String login(User.Token token) {
    return "token '"
        + token.label()
        + "'"
        + token
            .expires()
            .map(end -> " until " + LocalDate.ofInstant(end, ZoneOffset.UTC))
            .orElse("");
  }
}
