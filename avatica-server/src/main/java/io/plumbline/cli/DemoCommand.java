package io.plumbline.cli;

import io.plumbline.demo.DemoCompany;
import io.plumbline.demo.DemoUser;
import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.demo.LoadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Loads a demo company into an embedded PostgreSQL, serves it to this machine only, and asks"
            + " the first question.",
    footer = {"", "Runs until Ctrl-C, which stops PostgreSQL as well."})
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--company",
      paramLabel = "NAME",
      defaultValue = "cloudflow",
      description =
          "cloudflow (generated) or golden (worked out by hand); default ${DEFAULT-VALUE}.")
  private String company = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PLUMBLINE_PORT:-8765}",
      description =
          "Where to listen, 0 for any free port; default: the variable PLUMBLINE_PORT, else 8765.")
  private int port;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "Size of a generated company, 0.02 (default) to 4; 1 is 4,200 customers.")
  private @Nullable Double scale;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Input files to load instead of those that are shipped (golden only).")
  private @Nullable Path data;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the data in this folder, and reuse what it holds.")
  private @Nullable Path keep;

  @Option(names = "--once", description = "Stop after the first question.")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    DemoCompany chosen = DemoCompany.named(company);
    LoadOptions options = options();
    chosen.describe(options); // fails at once on a folder that can't be loaded
    failIfTaken(port);
    Terminal terminal = Terminal.system();
    Optional<Path> home = Optional.ofNullable(keep);
    try (EmbeddedWarehouse warehouse =
        terminal.step("Starting PostgreSQL", () -> EmbeddedWarehouse.start(home))) {
      terminal.step("Loading " + chosen.name(), () -> load(chosen, warehouse, options, terminal));
      try (DemoServer server =
          terminal.step(
              "Starting the server", () -> DemoServer.start(chosen, warehouse, port, home))) {
        welcome(server);
        if (!once) {
          serve(server, warehouse);
        }
      }
    }
    return 0;
  }

  private LoadOptions options() {
    LoadOptions options = LoadOptions.SMALL;
    if (scale != null) {
      options = options.withScale(scale);
    }
    return data == null ? options : options.withData(data);
  }

  private static Void load(
      DemoCompany company, EmbeddedWarehouse warehouse, LoadOptions options, Terminal terminal)
      throws SQLException {
    ProgressBar bar = new ProgressBar(terminal);
    company.loadInto(warehouse, options, bar);
    bar.finish();
    return null;
  }

  /** Told at once, not after a minute of loading. */
  private static void failIfTaken(int port) {
    if (port < 0 || port > 65535) {
      throw new CommandFailure("A port is between 0 and 65535, not " + port + ".");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new CommandFailure(
          "The port "
              + port
              + " is taken ("
              + e.getMessage()
              + "). Choose another one with --port, or stop the program that uses it.",
          e);
    }
  }

  private void welcome(DemoServer server) throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    String users =
        server.company().users().stream().map(DemoUser::name).collect(Collectors.joining(", "));
    out.println();
    out.println(server.company().name() + " is served at " + server.url());
    out.println("  JDBC, protobuf  " + DemoServer.jdbcUrl(server.url(), "PROTOBUF"));
    out.println("  JDBC, JSON      " + DemoServer.jdbcUrl(server.url(), "JSON"));
    out.println("  Driver          org.apache.calcite.avatica:avatica 1.27.0,");
    out.println("                  or 1.28.0 with org.slf4j:slf4j-api 2.0 beside it;");
    out.println("                  class org.apache.calcite.avatica.remote.Driver");
    out.println("  Users           " + users);
    out.println("                  (the password is the name)");
    out.println("  Today           " + server.company().asOf());
    out.println();
    new FirstQuestion(server).ask(out);
    out.flush();
  }

  private void serve(DemoServer server, EmbeddedWarehouse warehouse) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Serving until Ctrl-C. Try, in another terminal:");
    out.println(
        "  ./plumbline query --url " + server.url() + " --user analyst --password analyst \\");
    out.println("    \"select segment, aggregate(mrr) as mrr from metrics.revenue");
    out.println(
        "     where month = date '"
            + server.company().asOf().withDayOfMonth(1)
            + "' group by segment\"");
    out.flush();
    Shutdown.await(
        () -> {
          server.close();
          warehouse.close();
        });
  }
}
