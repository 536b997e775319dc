package io.plumbline.benchmarks;

import io.plumbline.benchmarks.definitions.DefinitionsRun;
import io.plumbline.benchmarks.governance.GovernanceRun;
import io.plumbline.benchmarks.growth.GrowthRun;
import io.plumbline.benchmarks.planning.PlanningRun;
import io.plumbline.benchmarks.wire.WireRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' command line. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description =
        "Measures planning, loading of definitions, governance, the wire and growth, and prints tables of what it found.",
    subcommands = {
      PlanningRun.class,
      DefinitionsRun.class,
      GovernanceRun.class,
      WireRun.class,
      GrowthRun.class
    })
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs one benchmark and exits. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
