package io.plumbline.it.histories;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The engine with one rule switched off.
 *
 * @param rule what is switched off
 * @param edits all that has to be changed for it
 */
record Mutant(String rule, List<Edit> edits) {

  /**
   * A change of one class.
   *
   * @param source the class, by its name in {@code io.plumbline.engine.plan}
   * @param find text that stands there once
   * @param replace what stands there instead
   */
  record Edit(String source, String find, String replace) {

    Path written(Path folder) throws IOException {
      String text = Files.readString(SOURCES.resolve(source + ".java"));
      int first = text.indexOf(find);
      if (first < 0 || text.indexOf(find, first + 1) >= 0) {
        throw new IllegalStateException("'" + find + "' must stand once in " + source);
      }
      return Files.writeString(folder.resolve(source + ".java"), text.replace(find, replace));
    }
  }

  Mutant(String rule, String source, String find, String replace) {
    this(rule, List.of(new Edit(source, find, replace)));
  }

  Mutant {
    edits = List.copyOf(edits);
  }

  private static final Path SOURCES =
      Path.of("..", "semantic-core", "src", "main", "java", "io", "plumbline", "engine", "plan");
  private static final String SEED = "1";
  private static final String HISTORIES = "60";

  /** How a process ended, and what it said. */
  record Outcome(int exitCode, String output) {}

  /** Compiles the changed classes and asks the engine with them in front of the class path. */
  Outcome run(Path folder) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (Edit edit : edits) {
      files.add(edit.written(folder));
    }
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(files, classes);
    return ask(folder, Optional.of(classes));
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", classes.toString());
      boolean done =
          compiler
              .getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException(sources + " do not compile");
      }
    }
  }

  /** Runs the histories in a process of their own, with some classes in front. */
  static Outcome ask(Path folder, Optional<Path> classes) throws IOException, InterruptedException {
    String path = classes.map(c -> c + File.pathSeparator).orElse("") + classPath();
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                path,
                HistoriesRun.class.getName(),
                SEED,
                HISTORIES)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the histories did not end");
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  public String toString() {
    return rule;
  }
}
