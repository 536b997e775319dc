package io.plumbline.cli;

import io.plumbline.definitions.Problem;
import io.plumbline.definitions.SemanticModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Checks definitions, and with --config policy, users and warehouse too; prints every problem"
            + " as file:line:column.",
    footer = {"", "Exit codes: 0 no problems, 1 problems, 2 the command line is wrong."})
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** What is checked. */
  static final class Subject {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration of a server: all that it names is checked.")
    private @Nullable Path config;

    @Option(
        names = "--definitions",
        paramLabel = "DIR",
        description = "A folder of definitions, checked by itself, without a warehouse.")
    private @Nullable Path definitions;
  }

  @Option(
      names = "--data",
      description =
          "Read the data as well: declared keys and joins must be unique (with --config).")
  private boolean data;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(subject.config == null ? definitions() : configuration(subject.config));
      return 0;
    } catch (ProblemsException e) {
      e.problems().forEach(out::println);
      out.println(count(e.problems()));
      return 1;
    } finally {
      out.flush();
    }
  }

  private static String count(List<Problem> problems) {
    return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
  }

  private String definitions() throws ProblemsException {
    if (data) {
      throw new ParameterException(
          spec.commandLine(), "--data needs a warehouse, which --config names.");
    }
    Path folder = java.util.Objects.requireNonNull(subject.definitions);
    try {
      return summary(RuleFiles.readModel(folder)) + "; not checked against a warehouse";
    } catch (IOException e) {
      throw new CommandFailure("The folder " + folder + " can't be read. Is the path right?", e);
    }
  }

  private String configuration(Path file) throws Exception {
    ServerConfiguration configuration = ConfigurationReader.read(file, System.getenv());
    Rulebook rules = configuration.rules().read();
    try (GovernedEngine governed = GovernedEngine.open(configuration, rules)) {
      if (data) {
        failOn(Terminal.system().step("Reading the data", governed.engine()::dataProblems));
      }
    }
    return summary(rules.model()) + "; no problems" + (data ? " in them nor in the data" : "");
  }

  private static void failOn(List<Problem> problems) throws ProblemsException {
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static String summary(SemanticModel model) {
    return "definitions "
        + model.version()
        + ": "
        + model.datasets().size()
        + " datasets, "
        + model.metrics().size()
        + " metrics, "
        + model.tables().size()
        + " tables, "
        + model.views().size()
        + " views";
  }
}
