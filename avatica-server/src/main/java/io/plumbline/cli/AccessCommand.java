package io.plumbline.cli;

import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Rows;
import io.plumbline.engine.Session;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline access}. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description =
        "Prints what a user may see: scope, roles, limits, tables with their row filters, columns"
            + " with their masks.",
    footer = {
      "",
      "Reads the files of a configuration and asks its warehouse; a server need not run. The user",
      "sees the same in catalog.my_access.",
      "Example:",
      "  plumbline access --config plumbline.yaml maya"
    })
final class AccessCommand implements Callable<Integer> {

  private static final String EVERYTHING =
      """
      select kind, schema_name, table_name, column_name, rule, detail
      from catalog.my_access
      order by
        case kind when 'scope' then 1 when 'role' then 2 when 'right' then 3 when 'limit' then 4 else 5 end,
        schema_name, table_name, case kind when 'table' then 1 else 2 end, column_name, rule
      """;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration of a server.")
  private Path file = Path.of("");

  @Parameters(paramLabel = "USER", description = "The user's name in the users file.")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    ServerConfiguration configuration = ConfigurationReader.read(file, System.getenv());
    Rulebook rules = configuration.rules().read();
    User user = user(rules.users());
    try (GovernedEngine governed = GovernedEngine.open(configuration, rules);
        Session session = governed.engine().open(user.principal())) {
      print(session.prepare(EVERYTHING), spec.commandLine().getOut());
    }
    return 0;
  }

  private User user(Users users) {
    return users
        .find(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "There is no user '"
                        + name
                        + "'. The users file has: "
                        + users.all().stream()
                            .map(User::name)
                            .sorted()
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static void print(PreparedQuery query, PrintWriter out) {
    try (Rows rows = query.execution().start(List.of(), 0)) {
      while (rows.next()) {
        out.println(line(rows));
      }
    }
    out.flush();
  }

  /** {@code column golden.accounts.name: show_first_4 (CUSTOMER)}. */
  private static String line(Rows row) {
    List<String> name = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      if (!row.isNull(i)) {
        name.add(row.textAt(i));
      }
    }
    String subject = name.isEmpty() ? row.textAt(0) : row.textAt(0) + " " + String.join(".", name);
    String detail = row.isNull(5) ? "" : " (" + row.textAt(5) + ")";
    return subject + ": " + row.textAt(4) + detail;
  }
}
