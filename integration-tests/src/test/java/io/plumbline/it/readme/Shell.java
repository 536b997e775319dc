package io.plumbline.it.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a user does, in the folder of the repository unless said otherwise. */
final class Shell implements AutoCloseable {

  /** What a finished command left. */
  record Outcome(int code, String out, String err) {}

  private final Process process;
  private final Path out;
  private final Path err;

  private Shell(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Shell start(String command, Path folder, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile("readme", ".out");
    Path err = Files.createTempFile("readme", ".err");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec " + command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("PLUMBLINE_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Shell(builder.start(), out, err);
  }

  /** Runs a command to its end. */
  static Outcome run(String command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (Shell shell = start(command, folder, environment)) {
      return shell.await(Duration.ofMinutes(3));
    }
  }

  Outcome await(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output() + errors());
    }
    return new Outcome(process.exitValue(), output(), errors());
  }

  /** Waits until the output of a running command holds a text. */
  String awaitOutput(String text) throws IOException, InterruptedException {
    return awaitText(out, text);
  }

  String awaitErrors(String text) throws IOException, InterruptedException {
    return awaitText(err, text);
  }

  private String awaitText(Path file, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (!Files.readString(file).contains(text)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("never said '" + text + "': " + output() + errors());
      }
      Thread.sleep(100);
    }
    return Files.readString(file);
  }

  String output() throws IOException {
    return Files.readString(out);
  }

  String errors() throws IOException {
    return Files.readString(err);
  }

  /** Asks the command to end, as Ctrl-C does, and waits. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
