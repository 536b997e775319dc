package io.plumbline.cli;

import io.plumbline.server.audit.AuditVerification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks that no record of an audit log was changed, removed or cut off.",
    footer = {
      "",
      "A server may be writing the log meanwhile. Whoever can write all of the files could write a",
      "new log; so note the hash that is printed at the end, elsewhere, and check it later with",
      "--noted."
    })
final class AuditVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Log log = new Log();

  /** Which log. */
  static final class Log {
    @Option(names = "--config", paramLabel = "FILE", description = "The server's configuration.")
    private @Nullable Path configuration;

    @Option(names = "--folder", paramLabel = "DIR", description = "The folder of the log.")
    private @Nullable Path folder;

    Path path() throws ProblemsException {
      return configuration == null
          ? Objects.requireNonNull(folder)
          : ConfigurationReader.read(configuration, System.getenv()).audit().folder();
    }
  }

  @Option(
      names = "--noted",
      paramLabel = "HASH",
      description = "A hash that was printed earlier, and must still be that of a record.")
  private @Nullable String noted;

  @Override
  public Integer call() throws ProblemsException {
    AuditVerification found = AuditVerification.of(log.path(), Optional.ofNullable(noted));
    PrintWriter out = spec.commandLine().getOut();
    if (found.broken().isPresent()) {
      throw new CommandFailure(
          "The chain is broken after "
              + count(found.records(), "good record")
              + ".\n  "
              + found.broken().get());
    }
    out.println(
        count(found.records(), "record") + " in " + count(found.files(), "file") + ", all whole");
    if (found.unfinished() > 0) {
      out.println(
          count(found.unfinished(), "byte")
              + " at the end are no whole record: it is being written, or the server was killed");
    }
    out.println("last hash " + found.hash());
    return 0;
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
