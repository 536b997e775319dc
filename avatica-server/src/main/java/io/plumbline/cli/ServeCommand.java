package io.plumbline.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves a company's metrics over its own PostgreSQL.",
    footer = {
      "",
      "Runs until Ctrl-C. Changed definitions, policies and users are taken up while it runs, all or",
      "nothing: files with problems are reported in the log, and the old rules stay in force."
    })
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration file; the README shows one.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    ServerConfiguration configuration = ConfigurationReader.read(file, System.getenv());
    RuleFiles files = configuration.rules();
    String fingerprint = files.fingerprint();
    Rulebook rules = files.read();
    Terminal terminal = Terminal.system();
    GovernedServer server =
        terminal.step(
            "Starting the server", () -> GovernedServer.start(configuration.setup(), rules));
    RuleWatch watch = RuleWatch.start(files, server, fingerprint);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Serving at " + server.server().url() + " until Ctrl-C.");
    out.flush();
    Shutdown.await(
        () -> {
          watch.close();
          server.close();
        });
    return 0;
  }
}
