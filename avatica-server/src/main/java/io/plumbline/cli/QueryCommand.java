package io.plumbline.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline query}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Asks a running server, through the stock Avatica driver, and prints the rows.",
    footer = {
      "",
      "Example:",
      "  plumbline query --user analyst --password analyst \\",
      "    \"select month, aggregate(mrr) as mrr from metrics.revenue group by month\""
    })
final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerAddress address = new ServerAddress();

  @Parameters(paramLabel = "SQL", arity = "0..1", description = "The statement.")
  private @Nullable String sql;

  @Option(names = "--file", paramLabel = "FILE", description = "Read the statement from a file.")
  private @Nullable Path file;

  @Option(names = "--csv", description = "Print comma-separated values instead of a table.")
  private boolean csv;

  @Override
  public Integer call() throws SQLException {
    ResultPrinter printer = csv ? new CsvPrinter() : new TablePrinter(OptionalInt.empty());
    PrintWriter out = spec.commandLine().getOut();
    long rows = run(address, statement(), printer, out);
    if (!csv && rows >= 0) {
      out.println(rows == 1 ? "(1 row)" : "(" + rows + " rows)");
    }
    out.flush();
    return 0;
  }

  private String statement() {
    if ((sql == null) == (file == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give the statement as an argument, or --file.");
    }
    if (sql != null) {
      return sql;
    }
    try {
      return Files.readString(java.util.Objects.requireNonNull(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure("The file " + file + " can't be read.", e);
    }
  }

  /** Runs a statement and prints its rows; returns how many, or -1 if it has none to print. */
  static long run(ServerAddress address, String sql, ResultPrinter printer, PrintWriter out)
      throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return -1;
      }
      try (ResultSet rows = statement.getResultSet()) {
        return printer.print(rows, out);
      }
    }
  }
}
