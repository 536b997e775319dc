package io.plumbline.cli;

import io.plumbline.demo.DemoException;
import io.plumbline.engine.QueryException;
import io.plumbline.server.audit.AuditException;
import io.plumbline.server.http.ServerStartException;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of Plumbline. */
@Command(
    name = "plumbline",
    description = "A governed metrics server: one company, one number.",
    mixinStandardHelpOptions = true,
    version = "plumbline 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      QueryCommand.class,
      ExplainCommand.class,
      AccessCommand.class,
      UserCommand.class,
      HashPasswordCommand.class,
      AuditCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.",
      "Start with: plumbline demo"
    })
public final class Main {

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean trace;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command line and returns its exit code. */
  static int run(String... arguments) {
    Main main = new Main();
    CommandLine command = new CommandLine(main);
    command.setExecutionExceptionHandler((e, failed, result) -> main.failed(e, failed));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpWidth(100);
    return command.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  private int failed(Exception error, CommandLine command) {
    command.getErr().println(command.getColorScheme().errorText(message(error)));
    if (trace) {
      error.printStackTrace(command.getErr());
    }
    return ExitCode.SOFTWARE;
  }

  private static String message(Exception error) {
    if (error instanceof CommandFailure
        || error instanceof ProblemsException
        || error instanceof DemoException
        || error instanceof ServerStartException
        || error instanceof AuditException) {
      return String.valueOf(error.getMessage());
    }
    if (error instanceof QueryException query) {
      return query.reason();
    }
    if (error instanceof AvaticaClientRuntimeException refusal) {
      return ClientProblem.message(refusal);
    }
    if (error instanceof SQLException sql) {
      return ClientProblem.message(sql);
    }
    return "This should not happen: " + error + ". Run it with --trace and report what you see.";
  }
}
