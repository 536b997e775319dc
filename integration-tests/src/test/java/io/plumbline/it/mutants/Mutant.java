package io.plumbline.it.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The product with one rule switched off.
 *
 * @param rule what is switched off
 * @param edits all that has to be changed for it
 */
public record Mutant(String rule, List<Edit> edits) {

  /**
   * A change of one class.
   *
   * @param module whose class it is
   * @param source the class, by its name below {@code io.plumbline}
   * @param find text that stands there once
   * @param replace what stands there instead
   */
  public record Edit(String module, String source, String find, String replace) {

    private Path file() {
      return Path.of("..", module, "src", "main", "java", "io", "plumbline")
          .resolve(source.replace('.', '/') + ".java");
    }

    private String applied(String text) {
      int first = text.indexOf(find);
      if (first < 0 || text.indexOf(find, first + 1) >= 0) {
        throw new IllegalStateException("'" + find + "' must stand once in " + source);
      }
      return text.replace(find, replace);
    }
  }

  public Mutant {
    edits = List.copyOf(edits);
  }

  public Mutant(String rule, String module, String source, String find, String replace) {
    this(rule, List.of(new Edit(module, source, find, replace)));
  }

  /** Compiles the changed classes and runs the suite with them in front of the class path. */
  public Suite.Outcome run(Suite suite, Path folder) throws IOException, InterruptedException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(written(folder), classes);
    return suite.run(folder, Optional.of(classes));
  }

  private List<Path> written(Path folder) throws IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    for (Edit edit : edits) {
      String text = texts.get(edit.file());
      texts.put(edit.file(), edit.applied(text == null ? Files.readString(edit.file()) : text));
    }
    for (Map.Entry<Path, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey().getFileName()), text.getValue());
    }
    return texts.keySet().stream().map(file -> folder.resolve(file.getFileName())).toList();
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-cp", Suite.classPath(), "-d", classes.toString());
      boolean done =
          compiler
              .getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException(sources + " do not compile");
      }
    }
  }

  @Override
  public String toString() {
    return rule;
  }
}
