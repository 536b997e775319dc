package io.plumbline.it.mutants;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is run against a mutant, in a process of its own that ends with {@link #NOTICED} if
 * something is wrong.
 *
 * @param main the class whose main method it is
 */
public record Suite(String main, List<String> arguments) {

  /** What a process ends with that has found something wrong; a crash ends otherwise. */
  public static final int NOTICED = 7;

  /** How a process ended, and what it said. */
  public record Outcome(int exitCode, String output) {}

  public Suite {
    arguments = List.copyOf(arguments);
  }

  /** The tests of some classes, of this module or another. */
  static Suite ofTests(String... classes) {
    return new Suite(TestRun.class.getName(), Arrays.asList(classes));
  }

  /** Runs it, with some classes in front of the class path. */
  public Outcome run(Path folder, Optional<Path> classes) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(classes))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the suite did not end");
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  private List<String> command(Optional<Path> classes) {
    String path =
        Stream.of(classes.stream().map(Path::toString), Stream.of(classPath()), otherTests())
            .flatMap(s -> s)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-cp", path, main));
    command.addAll(arguments);
    return command;
  }

  /** Tests of the modules beside this one, which are no dependency. */
  private static Stream<String> otherTests() {
    return Stream.of("semantic-core", "masking", "avatica-server")
        .map(module -> Path.of("..", module, "target", "test-classes").toString());
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
