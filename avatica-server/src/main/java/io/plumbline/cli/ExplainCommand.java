package io.plumbline.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows how a running server would answer a query: logical plan, policies applied, and the"
            + " warehouse's SQL for those who may see it.")
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerAddress address = new ServerAddress();

  @Parameters(paramLabel = "SQL", description = "The query.")
  private String sql = "";

  @Override
  public Integer call() throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    QueryCommand.run(address, "explain " + sql, new TextPrinter(), out);
    out.flush();
    return 0;
  }
}
